import { fromForwarded } from "./forward.ts"
import { MAX_LINK_LENGTH, MAX_PREVIEWS } from "./limits.ts"
import { withoutCode } from "./mentions.ts"
import { pollParts } from "./poll-text.ts"

const spoiler = /\|\|[\s\S]*?\|\|/g
const link = /(?<before>\]\()?(?<![\p{L}\p{N}<])https?:\/\/[^\s<>"]+/giu
const trailing = new Set("?!.,:;*_~'`|]}")

/** Where the first bracket closes that was not opened in it; its length when none does. */
const endOf = (text: string): number => {
  let open = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") open++
    else if (text[i] === ")" && open-- === 0) return i
  }
  return text.length
}

/** An address in running text ends before the marks of its sentence. */
const trimmed = (found: string): string => {
  const unopened = endOf(found)
  let end = found.length
  for (; end > 0; end--) {
    const last = found.charAt(end - 1)
    if (!trailing.has(last) && !(last === ")" && unopened < end)) break
  }
  return found.slice(0, end)
}

/** As browsers write it; null: it is none that anybody is to be sent to. */
const normal = (text: string): string | null => {
  if (text.length > MAX_LINK_LENGTH || !URL.canParse(text)) return null
  const { href, username, password } = new URL(text)
  return username || password || href.length > MAX_LINK_LENGTH ? null : href
}

/** Whether it may link to something: asked of every message, so it costs a look. */
export const mayLink = (content: string): boolean => /https?:\/\//i.test(content)

/**
 * The first links of a message, each once, that may have a card: not those in code, in spoilers, or in `<…>`, which is how one
 * says that there is to be none.
 */
export const linksIn = (content: string): string[] => {
  if (!mayLink(content)) return []
  const forwarded = fromForwarded(content)
  const said = forwarded ? `${forwarded.text}\n\n${forwarded.comment}` : (pollParts(content)[0] ?? content)
  const found = new Set<string>()
  for (const { 0: whole, groups } of withoutCode(said).replace(spoiler, " ").matchAll(link)) {
    const inBrackets = groups?.before !== undefined
    const text = inBrackets ? whole.slice(2) : whole
    const href = normal(inBrackets ? text.slice(0, endOf(text)) : trimmed(text))
    if (href !== null) found.add(href)
    if (found.size === MAX_PREVIEWS) break
  }
  return [...found]
}
