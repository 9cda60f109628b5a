import { z } from "zod"

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

export const name = (what: string, max = 40) =>
  z
    .string()
    .max(400, `${what} is too long.`)
    .refine((s) => s.isWellFormed(), `${what} has broken characters.`)
    .transform(cleanName)
    .refine((s) => s.length > 0, `${what} is empty.`)
    .refine((s) => codePoints(s) <= max, `${what} has more than ${max} characters.`)

export const MAX_CONTENT_POINTS = 4000
export const MAX_CONTENT_BYTES = 16_384

/** What a person wrote: 1 to 4,000 code points, at most 16 KB of UTF-8, no control characters but newline and tab. */
export const Content = z
  .string()
  .max(MAX_CONTENT_BYTES, "The message is too long.")
  .transform((s) => s.replace(/\r\n?/g, "\n").trim())
  .refine((s) => s.replace(invisible, "").length > 0, "The message is empty.")
  .refine((s) => s.isWellFormed(), "The message has broken characters.")
  .refine((s) => !controls.test(s), "The message has control characters.")
  .refine((s) => codePoints(s) <= MAX_CONTENT_POINTS, `The message has more than ${MAX_CONTENT_POINTS} characters.`)
  .refine((s) => utf8Length(s) <= MAX_CONTENT_BYTES, "The message is too long.")
