export interface Asked {
  sign: "@" | "#" | ":" | "/"
  /** Where the sign stands in the text. */
  from: number
  /** What was typed behind it. */
  query: string
}

// Names have spaces: up to two are followed, as long as somebody is called so.
const person = /(?:^|[\s([{"'„“»*_~|])@((?:[^\s@]+ ){0,2}[^\s@]*)$/u
const channel = /(?:^|[\s([{"'„“»*_~|])#([^\s#]*)$/u
const code = /(?:^|[\s([{"'„“»*_~|\p{Extended_Pictographic}\ufe0f]):([a-z0-9_+-]{2,})$/iu
// A command is what a message begins with.
const command = /^\/([a-z]*)$/i
const LONGEST = 60

/** What is being completed where the caret stands; null: nothing is. */
export const askedAt = (text: string, caret: number): Asked | null => {
  const before = text.slice(Math.max(0, caret - LONGEST), caret)
  const word = caret <= LONGEST ? command.exec(before)?.[1] : undefined
  if (word !== undefined) return { sign: "/", from: 0, query: word }
  for (const [sign, pattern] of [
    ["@", person],
    ["#", channel],
    [":", code],
  ] as const) {
    const query = pattern.exec(before)?.[1]
    if (query !== undefined) return { sign, from: caret - query.length - 1, query }
  }
  return null
}

const wholeCode = /(?:^|[^\p{L}\p{N}:]):([a-z0-9_+-]+):$/iu

/** A shortcode whose second colon stands before the caret: where it begins, and what it says. */
export const codeBefore = (text: string, caret: number): { from: number; code: string } | null => {
  const code = wholeCode.exec(text.slice(Math.max(0, caret - LONGEST), caret))?.[1]
  return code === undefined ? null : { from: caret - code.length - 2, code: code.toLowerCase() }
}
