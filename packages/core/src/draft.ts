import { z } from "zod"
import { Millis } from "./entity.ts"
import { Seq } from "./message.ts"
import { ChannelRequest, ListRequest } from "./request.ts"
import { Snowflake } from "./snowflake.ts"
import { codePoints, MAX_CONTENT_BYTES, MAX_CONTENT_POINTS, utf8Length } from "./text.ts"

/** So many an account keeps: of more, the one that was touched longest ago goes. */
export const MAX_DRAFTS = 500

/** What a device last knew of a draft: raised by every change of any draft of the account, so that no version comes twice. 0: none. */
export const DraftVersion = z.number().int().nonnegative()

/** What was written and not sent, as it stands in the field, with ids in place of names. Half-finished: it need not be a message. */
export const DraftContent = z
  .string()
  .max(MAX_CONTENT_BYTES)
  .refine((s) => s.isWellFormed() && codePoints(s) <= MAX_CONTENT_POINTS && utf8Length(s) <= MAX_CONTENT_BYTES)

export const Draft = z.object({
  channelId: Snowflake,
  version: DraftVersion,
  content: z.string(),
  /** The `seq` of the message that it answers. */
  replyTo: Seq.nullable(),
  updatedAt: Millis,
})
export type Draft = z.infer<typeof Draft>

export const DraftSaved = z.object({ channelId: Snowflake, version: DraftVersion })
export const DraftRemoved = z.object({ channelId: Snowflake, version: DraftVersion })

/** `version` is the one that it replaces. Nothing written and nothing answered: the draft goes. */
export const SaveDraftRequest = ChannelRequest.extend({
  version: DraftVersion,
  content: DraftContent,
  replyTo: Seq.nullable(),
})
export const ListDraftsRequest = ListRequest

/** `current` comes when another device was faster: nothing was saved, and this is what stands there. */
export const SavedDraft = z.object({ version: DraftVersion, current: Draft.optional() })
export type SavedDraft = z.infer<typeof SavedDraft>
