import { z } from "zod"

/** Code points, which is what people count as characters (nearly). */
export const codePoints = (s: string): number => {
  let n = 0
  for (const _ of s) n++
  return n
}

export const utf8Length = (s: string): number => new TextEncoder().encode(s).length

// Controls, bidi overrides and isolates, zero-width characters, blanks that are letters, tags: they make one name look like another.
const unsafeInNames =
  /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]/gu
// In bodies only what no keyboard makes: newline and tab stay, and so do joiners, which emoji and many scripts need.
// biome-ignore lint: the controls are the point
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/u
const invisible = /[\p{Z}\p{Cf}\p{Cc}\u034F\u115F\u1160\u2800\u3164\uFE00-\uFE0F\uFFA0]/gu

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
