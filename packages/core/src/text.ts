import { z } from "zod"

/** Code points, which is what people count as characters (nearly). */
export const codePoints = (s: string): number => {
  let n = 0
  for (const _ of s) n++
  return n
}

export const utf8Length = (s: string): number => new TextEncoder().encode(s).length

// Controls, bidi overrides and isolates, zero-width characters, variation tricks: they make one name look like another.
const unsafeInNames =
  /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu
// In bodies only what no keyboard makes: newline and tab stay, and so do joiners, which emoji and many scripts need.
// biome-ignore lint: the controls are the point
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/u

/** One line, no invisible characters, single spaces, NFC. */
export const cleanName = (s: string): string =>
  s.normalize("NFC").replace(unsafeInNames, "").replace(/\s+/g, " ").trim()

export const name = (what: string, max = 40) =>
  z
    .string()
    .max(400, `${what} is too long.`)
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
  .refine((s) => s.length > 0, "The message is empty.")
  .refine((s) => s.isWellFormed(), "The message has broken characters.")
  .refine((s) => !controls.test(s), "The message has control characters.")
  .refine((s) => codePoints(s) <= MAX_CONTENT_POINTS, `The message has more than ${MAX_CONTENT_POINTS} characters.`)
  .refine((s) => utf8Length(s) <= MAX_CONTENT_BYTES, "The message is too long.")
