"use client"

import { readable } from "@hearth/core"
import { useTranslations } from "next-intl"
import { Fragment, memo, type ReactNode, useState } from "react"
import { useFormats } from "../../../i18n/formats.ts"
import { useBootstrap } from "../../gateway/provider.tsx"
import { goTo } from "../../shell/go.ts"
import { Link } from "../../shell/link.tsx"
import { channelPath } from "../../shell/place.ts"
import type { Sign } from "../names.ts"
import { useUser } from "../services.tsx"
import { isoTime, momentText } from "../times.ts"
import { CodeBlock } from "./code-block.tsx"
import { isLong } from "./fold.ts"
import { type Block, type Inline, isEmojiOnly } from "./parse.ts"
import { parsed } from "./parsed.ts"
import { placeOf } from "./place-of.ts"

const Spoiler = ({ children }: { children: ReactNode }) => {
  const t = useTranslations("message")
  const [open, setOpen] = useState(false)
  if (open) return <span className="spoiler open">{children}</span>
  return (
    <button type="button" className="spoiler" aria-label={t("spoiler")} onClick={() => setOpen(true)}>
      <span aria-hidden="true" inert>
        {children}
      </span>
    </button>
  )
}

const Member = ({ id }: { id: string }) => {
  const t = useTranslations("message")
  const { user, isMe } = useUser(id)
  return (
    <span className={isMe ? "at" : "at other"} data-person={id}>
      @{user?.displayName ?? t("mentioned")}
    </span>
  )
}

/** A channel that one may not view has no name here, and leads nowhere. */
const Place = ({ id }: { id: string }) => {
  const t = useTranslations("message")
  const guilds = useBootstrap((b) => b.guilds)
  for (const { guild, channels } of guilds) {
    const channel = channels.find((c) => c.id === id)
    if (!channel) continue
    const path = channelPath(guild.id, id)
    return (
      <Link className="at other" href={path} onNavigate={goTo(path)}>
        #{channel.name}
      </Link>
    )
  }
  return <span className="at other">#{t("unknownChannel")}</span>
}

const Role = ({ id }: { id: string }) => {
  const t = useTranslations("message")
  const name = useBootstrap((b) => b.guilds.flatMap((g) => g.roles).find((r) => r.id === id)?.name)
  return <span className="at other">@{name ?? t("unknownRole")}</span>
}

const Mention = { "@": Member, "@&": Role, "#": Place } satisfies Record<Sign, unknown>

/** By the reader's clock, wherever the writer is. */
const Moment = ({ at, style }: { at: number; style: string }) => {
  const formats = useFormats()
  return (
    <time className="at other" dateTime={isoTime(at)} title={formats.full(at)}>
      {momentText(at, style, formats)}
    </time>
  )
}

/** A place of this Hearth opens in place, everything else in a new tab. */
const TextLink = ({ node }: { node: Extract<Inline, { kind: "link" }> }) => {
  const { href } = node
  const place = placeOf(href)
  return place ? (
    <Link className="link" href={place} onNavigate={goTo(place)}>
      {inlineNodes(node.children)}
    </Link>
  ) : (
    <a className="link" href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
      {inlineNodes(node.children)}
    </a>
  )
}

const inlineNode = (node: Inline, key: number): ReactNode => {
  switch (node.kind) {
    case "text":
      return node.text
    case "code":
      return <code key={key}>{node.text}</code>
    case "strong":
      return <strong key={key}>{inlineNodes(node.children)}</strong>
    case "em":
      return <em key={key}>{inlineNodes(node.children)}</em>
    case "del":
      return <del key={key}>{inlineNodes(node.children)}</del>
    case "spoiler":
      return <Spoiler key={key}>{inlineNodes(node.children)}</Spoiler>
    case "mention": {
      const Named = Mention[node.sign]
      return <Named key={key} id={node.id} />
    }
    case "everyone":
      return (
        <span key={key} className="at other">
          {node.text}
        </span>
      )
    case "time":
      return <Moment key={key} at={node.at} style={node.style} />
    case "link":
      return <TextLink key={key} node={node} />
  }
}
const inlineNodes = (nodes: readonly Inline[]): ReactNode => nodes.map(inlineNode)

const blockNode = (node: Block, key: number): ReactNode => {
  switch (node.kind) {
    case "paragraph":
      return (
        <p key={key} dir="auto">
          {inlineNodes(node.children)}
        </p>
      )
    case "code":
      return <CodeBlock key={key} language={node.language} text={node.text} />
    case "quote":
      return <blockquote key={key}>{blockNodes(node.children)}</blockquote>
    case "list": {
      const items = node.items.map((item, i) => (
        <li key={i} dir="auto">
          {blockNodes(item)}
        </li>
      ))
      return node.start === null ? (
        <ul key={key}>{items}</ul>
      ) : (
        <ol key={key} start={node.start}>
          {items}
        </ol>
      )
    }
  }
}
const blockNodes = (nodes: readonly Block[]): ReactNode =>
  nodes.map((n, i) => <Fragment key={i}>{blockNode(n, i)}</Fragment>)

/** What a message says. Long ones are folded until somebody asks for all. */
export const Markdown = memo(function Markdown({ content }: { content: string }) {
  const t = useTranslations("message")
  const tree = parsed(readable(content))
  const [unfolded, setUnfolded] = useState(false)
  if (isEmojiOnly(content)) return <p className="emoji-only">{content}</p>
  if (!isLong(content)) return <div className="said">{blockNodes(tree)}</div>
  return (
    <>
      <div className={unfolded ? "said" : "said folded"} inert={!unfolded}>
        {blockNodes(tree)}
      </div>
      <button type="button" className="unfold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
        {unfolded ? t("showLess") : t("showAll", { n: [...content].length })}
      </button>
    </>
  )
})
