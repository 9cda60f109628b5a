import { z } from "zod"
import { Millis } from "./entity.ts"
import { MAX_DRAFT_NAMES } from "./limits.ts"
import { Seq } from "./message.ts"
import { Snowflake } from "./snowflake.ts"
import { MAX_CONTENT_BYTES } from "./text.ts"

/** What the writer reads as a name, and what it is in the message: `@Maja Lindqvist` for `<@7>`. */
export const DraftName = z.object({
  shown: z.string().min(2).max(200),
  wire: z.string().regex(/^<(@&?|#)[1-9][0-9]{0,18}>$/),
  /** Where it begins in the text; -1 when it was typed over. */
  at: z.number().int().min(-1),
})
export type DraftName = z.infer<typeof DraftName>

export const DraftBody = z.object({
  /** As it stands in the field. Longer than a message on purpose: what is too long to be sent is not lost. */
  text: z
    .string()
    .max(MAX_CONTENT_BYTES)
    .refine((s) => s.isWellFormed() && !s.includes("\0"), "That text has a character that cannot be kept."),
  names: z.array(DraftName).max(MAX_DRAFT_NAMES),
  replyTo: Seq.nullable(),
})
export type DraftBody = z.infer<typeof DraftBody>

/** A draft as the account keeps it. Every write raises `version`; an empty one was sent or cleared. */
export const Draft = DraftBody.extend({
  channelId: Snowflake,
  version: z.number().int().nonnegative(),
  updatedAt: Millis,
})
export type Draft = z.infer<typeof Draft>

/** Writes over the version that the writer knows; 0 when they know of none. */
export const SetDraft = DraftBody.extend({ channelId: Snowflake, baseVersion: z.number().int().nonnegative() })
export type SetDraft = z.infer<typeof SetDraft>
