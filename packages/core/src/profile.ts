import { z } from "zod"
import { UserCard } from "./entity.ts"
import { MAX_NOTE_POINTS, PAGE_LIMIT } from "./limits.ts"
import { Snowflake } from "./snowflake.ts"
import { cleanContent, codePoints } from "./text.ts"

export const ProfileRequest = z.object({
  userId: Snowflake,
  /** Where one looks at them: what they are there belongs to it. */
  guildId: Snowflake.optional(),
})
export type ProfileRequest = z.infer<typeof ProfileRequest>

export const Profile = z.object({
  user: UserCard,
  /** The servers that one shares with them: those that one joined last, at most a hundred. */
  guildIds: z.array(Snowflake).max(PAGE_LIMIT),
  /** In the server that was asked about; absent when that is not shared. */
  roleIds: z.array(Snowflake).optional(),
  /** What the reader noted about them. */
  note: z.string(),
})
export type Profile = z.infer<typeof Profile>

/** For oneself alone; an empty one is none. */
export const NoteRequest = z.object({
  userId: Snowflake,
  note: z
    .string()
    .max(4 * MAX_NOTE_POINTS, "The note is too long.")
    .refine((s) => s.isWellFormed(), "The note has broken characters.")
    .transform(cleanContent)
    .refine((s) => codePoints(s) <= MAX_NOTE_POINTS, `The note has more than ${MAX_NOTE_POINTS} characters.`),
})
export type NoteRequest = z.infer<typeof NoteRequest>
