import { z } from "zod"
import { Emoji } from "./emoji.ts"
import { MAX_STATUS_MS, MAX_STATUS_POINTS } from "./limits.ts"
import type { Shown } from "./protocol.ts"
import { codePoints } from "./text.ts"

/** How somebody wants to be seen. `online`: as they are, here or away from the keys. Invisible is as if they were not there. */
export const Chosen = z.enum(["online", "idle", "dnd", "invisible"])
export type Chosen = z.infer<typeof Chosen>

// Joiners stay, which emoji and many scripts need; what turns a line around does not.
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu
/** One line of what one is doing. May be empty beside an emoji. */
export const StatusText = z
  .string()
  .max(1000, "The status is too long.")
  .refine((s) => s.isWellFormed(), "The status has broken characters.")
  .transform((s) => s.replace(/\s+/g, " ").replace(unsafe, "").normalize("NFC").trim())
  .refine((s) => codePoints(s) <= MAX_STATUS_POINTS, `The status has more than ${MAX_STATUS_POINTS} characters.`)

/** What those see who see somebody. `leftMs`: how long it still holds, so that nobody's clock matters; absent: until it is changed. */
export const StatusLine = z.object({
  text: z.string(),
  emoji: Emoji.optional(),
  leftMs: z.number().int().positive().optional(),
})
export type StatusLine = z.infer<typeof StatusLine>

/** One's own, as the account has it. `until`: a time. */
export const OwnStatus = z.object({
  state: Chosen,
  version: z.number().int().positive(),
  custom: z
    .object({ text: z.string(), emoji: Emoji.optional(), until: z.number().int().positive().optional() })
    .optional(),
})
export type OwnStatus = z.infer<typeof OwnStatus>

/** What is absent stays as it is; `custom: null` clears. */
export const SetStatusRequest = z.object({
  state: Chosen.optional(),
  custom: z
    .object({
      text: StatusText,
      emoji: Emoji.optional(),
      forMs: z.number().int().min(1).max(MAX_STATUS_MS).optional(),
    })
    .nullable()
    .optional(),
})
export type SetStatusRequest = z.infer<typeof SetStatusRequest>

/** Whose line is shown: of those who are not seen to be here nobody learns anything new. */
export const showsStatus = (shown: Shown): boolean => shown !== "offline" && shown !== "unknown"
