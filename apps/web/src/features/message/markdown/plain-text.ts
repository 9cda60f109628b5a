import { readable } from "@hearth/core"
import type { Sign } from "../names.ts"
import type { Block, Inline } from "./parse.ts"
import { parsed } from "./parsed.ts"

export interface PlainWords {
  /** Always an answer: also for what is not known. Without its sign. */
  nameOf: (sign: Sign, id: string) => string
  timeOf: (at: number, style: string) => string
}

/** As many of them as there are letters would say how long it is. */
const HIDDEN = "▒▒▒"

/** What a message says in one line, without signs of its form, for where only a line of it is shown. What is hidden stays hidden. */
export const plainText = (content: string, { nameOf, timeOf }: PlainWords): string => {
  const inline = (node: Inline): string => {
    switch (node.kind) {
      case "text":
      case "everyone":
      case "code":
        return node.text
      case "mention":
        return (node.sign === "#" ? "#" : "@") + nameOf(node.sign, node.id)
      case "time":
        return timeOf(node.at, node.style)
      case "spoiler":
        return HIDDEN
      default:
        return node.children.map(inline).join("")
    }
  }
  const block = (node: Block): string => {
    switch (node.kind) {
      case "paragraph":
        return node.children.map(inline).join("")
      case "code":
        return node.text
      case "quote":
        return node.children.map(block).join(" ")
      case "list":
        return node.items.map((item) => item.map(block).join(" ")).join(" ")
    }
  }
  return parsed(readable(content)).map(block).join(" ").replace(/\s+/g, " ").trim()
}
