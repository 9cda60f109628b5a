"use client"
import { useTranslations } from "next-intl"
import { useBootstrap } from "../gateway/index.ts"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { threadPath } from "../thread/path.ts"

/** The threads that the reader follows, and in which something was said since. */
export const UnreadThreads = () => {
  const t = useTranslations("thread")
  const b = useBootstrap()
  const rows = (b.threads ?? []).flatMap(({ id, guildId, channelId }) => {
    const home = b.guilds.find((g) => g.guild.id === guildId)
    const channel = home?.channels.find((c) => c.id === channelId)
    return home && channel
      ? [{ path: threadPath(guildId, channelId, id), channel: channel.name, server: home.guild.name }]
      : []
  })
  if (rows.length === 0) return null
  return (
    <section aria-label={t("unread")}>
      <h2 className="cat">{t("unread")}</h2>
      {rows.map(({ path, channel, server }) => (
        <Link key={path} className="it" href={path} onNavigate={goTo(path)}>
          <span className="grow">
            <span className="in">
              <b className="clip">{t("inChannel", { channel })}</b>
              <span className="clip">{server}</span>
            </span>
          </span>
        </Link>
      ))}
    </section>
  )
}
