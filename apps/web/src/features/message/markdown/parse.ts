import type { Nodes, Root } from "mdast"
import { fromMarkdown } from "mdast-util-from-markdown"
import { gfmAutolinkLiteralFromMarkdown } from "mdast-util-gfm-autolink-literal"
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough"
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal"
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough"
import type { Sign } from "../names.ts"

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "strong" | "em" | "del" | "spoiler"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; href: string; children: Inline[] }
  /** `sign` says of what: a member, a role, a channel. */
  | { kind: "mention"; sign: Sign; id: string }
  | { kind: "everyone"; text: string }
  /** Unix ms, and how it is to be written. */
  | { kind: "time"; at: number; style: string }

export type Block =
  | { kind: "paragraph"; children: Inline[] }
  | { kind: "quote"; children: Block[] }
  | { kind: "list"; start: number | null; items: Block[][] }
  | { kind: "code"; language: string | null; text: string }

/** What nests deeper is shown as it was typed: no honest message does, and a tree that deep would break whoever walks it. */
const MAX_DEPTH = 8

// Chat has no use for these, or they hide what was typed.
export const disabled: readonly string[] = [
  "htmlFlow",
  "htmlText",
  "definition",
  "headingAtx",
  "setextUnderline",
  "thematicBreak",
  "codeIndented",
  "labelStartImage",
  "characterReference",
]

const allowedSchemes = new Set(["http:", "https:", "mailto:"])

/** The address when it is one that a message may lead to, else null. */
export const safeHref = (url: string): string | null => {
  try {
    const parsed = new URL(url)
    return allowedSchemes.has(parsed.protocol) ? parsed.href : null
  } catch {
    return null
  }
}

const special = /<(@&?|#)([1-9][0-9]{0,18})>|<t:(-?[0-9]{1,11})(?::([tTdDfFR]))?>|(?<![\w@])@(?:everyone|here)\b/g

const textNodes = (value: string): Inline[] => {
  const out: Inline[] = []
  let end = 0
  for (const match of value.matchAll(special)) {
    if (match.index > end) out.push({ kind: "text", text: value.slice(end, match.index) })
    const [text, sign, id = "", seconds, style = "f"] = match
    if (sign) out.push({ kind: "mention", sign: sign as Sign, id })
    else if (seconds) out.push({ kind: "time", at: Number(seconds) * 1000, style })
    else out.push({ kind: "everyone", text })
    end = match.index + text.length
  }
  if (end < value.length) out.push({ kind: "text", text: value.slice(end) })
  return out
}

/** Pairs of || among siblings hide what stands between them. */
const withSpoilers = (nodes: Inline[]): Inline[] => {
  const bars = nodes.reduce((n, x) => n + (x.kind === "text" ? x.text.split("||").length - 1 : 0), 0)
  let pairs = Math.floor(bars / 2)
  if (pairs === 0) return nodes
  const out: Inline[] = []
  let hidden: Inline[] | null = null
  for (const node of nodes) {
    if (node.kind !== "text") {
      ;(hidden ?? out).push(node)
      continue
    }
    const parts = node.text.split("||")
    parts.forEach((text, i) => {
      if (i > 0) {
        if (hidden) {
          if (hidden.length > 0) out.push({ kind: "spoiler", children: hidden })
          else out.push({ kind: "text", text: "||||" })
          hidden = null
          pairs--
        } else if (pairs > 0) hidden = []
        else out.push({ kind: "text", text: "||" })
      }
      if (text !== "") (hidden ?? out).push({ kind: "text", text })
    })
  }
  return out
}

const sourceOf = (node: Nodes, source: string): string =>
  source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)

const inlines = (nodes: readonly Nodes[], source: string, depth: number): Inline[] =>
  withSpoilers(nodes.flatMap((n) => inline(n, source, depth)))

const inline = (node: Nodes, source: string, depth: number): Inline[] => {
  if (node.type === "text") return textNodes(node.value)
  if (node.type === "inlineCode") return [{ kind: "code", text: node.value }]
  if (node.type === "break") return [{ kind: "text", text: "\n" }]
  if (depth >= MAX_DEPTH) return [{ kind: "text", text: sourceOf(node, source) }]
  switch (node.type) {
    case "strong":
      return [{ kind: "strong", children: inlines(node.children, source, depth + 1) }]
    case "emphasis":
      return [{ kind: "em", children: inlines(node.children, source, depth + 1) }]
    case "delete":
      return [{ kind: "del", children: inlines(node.children, source, depth + 1) }]
    case "link": {
      const href = safeHref(node.url)
      return href === null
        ? [{ kind: "text", text: sourceOf(node, source) }]
        : [{ kind: "link", href, children: inlines(node.children, source, depth + 1) }]
    }
    default:
      return [{ kind: "text", text: sourceOf(node, source) }]
  }
}

const blocks = (nodes: readonly Nodes[], source: string, depth: number): Block[] =>
  nodes.map((node): Block => {
    if (node.type === "paragraph") return { kind: "paragraph", children: inlines(node.children, source, depth) }
    if (node.type === "code") return { kind: "code", language: node.lang ?? null, text: node.value }
    if (depth < MAX_DEPTH) {
      if (node.type === "blockquote") return { kind: "quote", children: blocks(node.children, source, depth + 1) }
      if (node.type === "list")
        return {
          kind: "list",
          start: node.ordered ? (node.start ?? 1) : null,
          items: node.children.map((item) => blocks(item.children, source, depth + 1)),
        }
    }
    return { kind: "paragraph", children: [{ kind: "text", text: sourceOf(node, source) }] }
  })

const plain = (content: string): Block[] => [{ kind: "paragraph", children: [{ kind: "text", text: content }] }]

// Containers are opened anew on every line, so lines of many cost their product: nobody quotes a quote that often.
const tooNested = new RegExp(`^(?:[ \\t]*(?:>|[-+*]|[0-9]{1,9}[.)])){${MAX_DEPTH * 4},}`, "m")

/** What a message says, as a tree of what may be shown. Never throws; what cannot be read is text. */
export const parseMessage = (content: string): Block[] => {
  if (tooNested.test(content)) return plain(content)
  let root: Root
  try {
    root = fromMarkdown(content, {
      extensions: [
        gfmStrikethrough({ singleTilde: false }),
        gfmAutolinkLiteral(),
        { disable: { null: [...disabled] } },
      ],
      mdastExtensions: [gfmStrikethroughFromMarkdown(), gfmAutolinkLiteralFromMarkdown()],
    })
  } catch {
    return plain(content)
  }
  return blocks(root.children, content, 0)
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })
const MAX_BIG_EMOJI = 12

/** Only emoji, and few of them: shown large. */
export const isEmojiOnly = (content: string): boolean => {
  if (content.length > MAX_BIG_EMOJI * 16) return false
  let count = 0
  for (const { segment } of graphemes.segment(content)) {
    if (/^\s+$/.test(segment)) continue
    if (!/^\p{RGI_Emoji}$/v.test(segment)) return false
    if (++count > MAX_BIG_EMOJI) return false
  }
  return count > 0
}
