import { type Block, type Inline, parseMessage } from "./parse.ts"

/** As many of them as there are letters would say how long it is. */
const HIDDEN = "▒▒▒"

/** What a message says in one line, without signs of its form, for where only a line of it is shown. What is hidden stays hidden. */
export const plainText = (content: string, nameOf: (userId: string) => string | undefined): string => {
  const inline = (node: Inline): string => {
    switch (node.kind) {
      case "text":
      case "code":
        return node.text
      case "mention":
        return `@${nameOf(node.userId) ?? "somebody"}`
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
  return parseMessage(content).map(block).join(" ").replace(/\s+/g, " ").trim()
}
