/** Code points, which is what people count as characters (nearly). */
export const codePoints = (s: string): number => {
  let n = 0
  for (const _ of s) n++
  return n
}

export const utf8Length = (s: string): number => new TextEncoder().encode(s).length

// Controls and all that takes no place: bidi overrides, zero-width characters, fillers, tags. They make one name look like another.
const unsafeInNames = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]/gu
// In bodies only what no keyboard makes: newline and tab stay, and so do joiners, which emoji and many scripts need.
const controls = /(?![\t\n])\p{Cc}/u
const invisible = /[\p{Z}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** One line, no invisible characters, single spaces, NFC. */
export const cleanName = (s: string): string =>
  s.replace(/\s+/g, " ").replace(unsafeInNames, "").normalize("NFC").replace(/ +/g, " ").trim()

export const MAX_CONTENT_POINTS = 4000
export const MAX_CONTENT_BYTES = 16_384

/** As it is stored: newlines alone, nothing around. */
export const cleanContent = (s: string): string => s.replace(/\r\n?/g, "\n").trim()

/** What keeps a cleaned text from being a message, in a sentence; null when nothing does. */
export const contentProblem = (s: string): string | null => {
  if (s.replace(invisible, "").length === 0) return "The message is empty."
  if (!s.isWellFormed()) return "The message has broken characters."
  if (controls.test(s)) return "The message has control characters."
  if (codePoints(s) > MAX_CONTENT_POINTS) return `The message has more than ${MAX_CONTENT_POINTS} characters.`
  return utf8Length(s) > MAX_CONTENT_BYTES ? "The message is too long." : null
}
