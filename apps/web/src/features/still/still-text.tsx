import { readable } from "@hearth/core"
import { useTranslations } from "next-intl"
import { Fragment, type ReactNode } from "react"
import type { Sign } from "../message/names.ts"
import { isLong } from "../message/markdown/fold.ts"
import { type Block, type Inline, isEmojiOnly } from "../message/markdown/parse.ts"
import { parsed } from "../message/markdown/parsed.ts"

/** Always an answer, also for what is not known. Without its sign. */
export type StillName = (sign: Sign, id: string) => string

/** What `markdown.tsx` draws, as it stands: nothing to press, no code for browsers. What depends on the reader's clock has its place only. */
export const StillText = ({ content, nameOf }: { content: string; nameOf: StillName }) => {
  const t = useTranslations("message")
  const inline = (node: Inline, key: number): ReactNode => {
    switch (node.kind) {
      case "text":
        return node.text
      case "everyone":
        return (
          <span key={key} className="at other">
            {node.text}
          </span>
        )
      case "code":
        return <code key={key}>{node.text}</code>
      case "strong":
        return <strong key={key}>{node.children.map(inline)}</strong>
      case "em":
        return <em key={key}>{node.children.map(inline)}</em>
      case "del":
        return <del key={key}>{node.children.map(inline)}</del>
      case "link":
        return (
          <span key={key} className="link">
            {node.children.map(inline)}
          </span>
        )
      case "spoiler":
        return (
          <span key={key} className="spoiler">
            <span>{node.children.map(inline)}</span>
          </span>
        )
      case "mention":
        return (
          <span key={key} className="at other">
            {(node.sign === "#" ? "#" : "@") + nameOf(node.sign, node.id)}
          </span>
        )
      case "time":
        return (
          <span key={key} className="at other">
            {"\u2007\u2007:\u2007\u2007"}
          </span>
        )
    }
  }
  const block = (node: Block): ReactNode => {
    switch (node.kind) {
      case "paragraph":
        return <p dir="auto">{node.children.map(inline)}</p>
      case "code":
        return (
          <div className="code">
            {node.language && <header>{node.language.slice(0, 30)}</header>}
            <pre>{node.text}</pre>
          </div>
        )
      case "quote":
        return <blockquote>{blocks(node.children)}</blockquote>
      case "list": {
        const items = node.items.map((item, i) => (
          <li key={i} dir="auto">
            {blocks(item)}
          </li>
        ))
        return node.start === null ? <ul>{items}</ul> : <ol start={node.start}>{items}</ol>
      }
    }
  }
  const blocks = (nodes: readonly Block[]): ReactNode => nodes.map((n, i) => <Fragment key={i}>{block(n)}</Fragment>)
  if (isEmojiOnly(content)) return <p className="emoji-only">{content}</p>
  const said = blocks(parsed(readable(content)))
  if (!isLong(content)) return <div className="said">{said}</div>
  return (
    <>
      <div className="said folded">{said}</div>
      <span className="unfold">{t("showAll", { n: [...content].length })}</span>
    </>
  )
}
