"use client"
import "./forward.css"
import { type Forwarded, fromForwarded, type Message } from "@hearth/core"
import { ArrowBendUpRightIcon } from "@phosphor-icons/react/dist/ssr/ArrowBendUpRight"
import { useTranslations } from "next-intl"
import { Markdown } from "../message/markdown/markdown.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { channelPath, useChannel, useGuild } from "../shell/place.ts"

/** A message that was passed on: the quote, who said it, and where for those who know the place; then what was said with it. */
export const Drawn = ({ message: { content } }: { message: Message }) => {
  const forwarded = fromForwarded(content)
  if (!forwarded) return <Markdown content={content} />
  return (
    <>
      <div className="said">
        <blockquote>
          <Head forwarded={forwarded} />
          <Markdown content={forwarded.text} />
        </blockquote>
      </div>
      {forwarded.comment && <Markdown content={forwarded.comment} />}
    </>
  )
}

const Head = ({ forwarded: { source } }: { forwarded: Forwarded }) => {
  const t = useTranslations("act")
  const { guildId, channelId, seq, name } = source
  const channel = useChannel(guildId, channelId)
  const server = useGuild(guildId)?.guild.name
  const path = `${channelPath(guildId, channelId)}/${seq}`
  return (
    <p className="passed">
      <ArrowBendUpRightIcon className="i s along" aria-hidden="true" />
      <span className="hint">{t("forwarded")}</span>
      <b>{name}</b>
      {channel && server !== undefined && (
        <Link className="link hint" href={path} onNavigate={goTo(path)}>
          {guildId === channelId ? channel.name : `#${channel.name} · ${server}`}
        </Link>
      )}
    </p>
  )
}
