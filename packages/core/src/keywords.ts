import { ownWords } from "./forward.ts"

// Scripts that put no space between words: a word may begin and end anywhere in them.
const unspaced = "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}"
const TOKEN = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}_])+`, "gu")
const spacedLetter = new RegExp(`(?![${unspaced}])[\\p{L}\\p{N}\\p{M}_]`, "u")
/** Ids of people, roles and channels, and moments: nobody wrote these digits. */
const MARKS = /<(?:@&?|#|t:)[^<>\s]{1,32}>/g

/** How words are compared: without case, accents and forms of letters. */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/\s+/g, " ")

/** What a keyword begins to be looked for by: its first run of letters, folded. null: it has none. */
export const anchorOf = (keyword: string): string | null => fold(keyword).match(TOKEN)?.[0] ?? null

/** What the author of a message said, as keywords are looked for in it. */
export const searchable = (content: string): string => fold(ownWords(content).replace(MARKS, " "))

/** Every anchor that a searchable text has. */
export const anchorsIn = (text: string): Set<string> => new Set(text.match(TOKEN))

/** Whether a letter stands right before or at this place, and one word goes on there. */
const goesOn = (before: string | undefined, after: string | undefined): boolean =>
  before !== undefined && after !== undefined && spacedLetter.test(before) && spacedLetter.test(after)

const charBefore = (text: string, at: number): string | undefined =>
  Array.from(text.slice(Math.max(0, at - 2), at)).at(-1)
const charAt = (text: string, at: number): string | undefined => {
  const point = text.codePointAt(at)
  return point === undefined ? undefined : String.fromCodePoint(point)
}

/**
 * Many folded keywords as one: what it costs to look through a text depends on the text, not on how many they are. Keywords are
 * found as whole words, and by what surrounds their letters, too: `c++` is not in `c`.
 */
export const compileKeywords = (keywords: Iterable<string>) => {
  const byAnchor = new Map<string, { keyword: string; at: number }[]>()
  for (const keyword of keywords) {
    const anchor = anchorOf(keyword)
    if (anchor === null) continue
    const entry = { keyword, at: keyword.indexOf(anchor) }
    const those = byAnchor.get(anchor)
    if (those) those.push(entry)
    else byAnchor.set(anchor, [entry])
  }
  const isAt = (text: string, from: number, keyword: string): boolean => {
    if (from < 0 || !text.startsWith(keyword, from)) return false
    const to = from + keyword.length
    return !goesOn(charBefore(text, from), charAt(text, from)) && !goesOn(charBefore(text, to), charAt(text, to))
  }
  /** Which of them stand in a searchable text, each once. */
  const find = (text: string): Set<string> => {
    const found = new Set<string>()
    if (byAnchor.size === 0) return found
    for (const { 0: token, index } of text.matchAll(TOKEN))
      for (const { keyword, at } of byAnchor.get(token) ?? [])
        if (!found.has(keyword) && isAt(text, index - at, keyword)) found.add(keyword)
    return found
  }
  return { find, size: byAnchor.size }
}
export type Keywords = ReturnType<typeof compileKeywords>
