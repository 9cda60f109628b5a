"use client"
import { Count } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useBootstrap } from "../gateway/index.ts"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { threadsLeft } from "../thread/left.ts"
import { threadPath } from "../thread/path.ts"

/** The threads that address the reader, and those that they follow in which something was said since. */
export const UnreadThreads = () => {
  const t = useTranslations("thread")
  const tChannel = useTranslations("channel")
  const b = useBootstrap()
  const rows = threadsLeft(b).flatMap(({ id, guildId, channelId, asks }) => {
    const home = b.guilds.find((g) => g.guild.id === guildId)
    const channel = home?.channels.find((c) => c.id === channelId)
    return home && channel
      ? [{ path: threadPath(guildId, channelId, id), channel: channel.name, server: home.guild.name, asks }]
      : []
  })
  if (rows.length === 0) return null
  return (
    <section aria-label={t("unread")}>
      <h2 className="cat">{t("unread")}</h2>
      {rows.map(({ path, channel, server, asks }) => (
        <Link key={path} className="it" href={path} onNavigate={goTo(path)}>
          <span className="grow">
            <span className="in">
              <b className="clip">{t("inChannel", { channel })}</b>
              {asks > 0 && <Count value={asks} label={tChannel("asks", { n: asks })} />}
              <span className="clip">{server}</span>
            </span>
          </span>
        </Link>
      ))}
    </section>
  )
}
