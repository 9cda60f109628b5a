import { z } from "zod"
import { Millis, UserCard } from "./entity.ts"
import { MAX_REPORT_POINTS } from "./limits.ts"
import { ListRequest } from "./request.ts"
import { Snowflake } from "./snowflake.ts"
import { codePoints } from "./text.ts"

/** What somebody is reported for: that they asked to be a friend, or wanted to write; or whatever else they did. */
export const ReportAbout = z.enum(["friend-request", "message-request", "person"])
export type ReportAbout = z.infer<typeof ReportAbout>

export const SendReportRequest = z.object({
  userId: Snowflake,
  about: ReportAbout,
  /** What happened, in one's own words; may be empty. */
  text: z
    .string()
    .max(8000, "A report is too long.")
    .refine((s) => s.isWellFormed(), "The report has broken characters.")
    .transform((s) => s.trim())
    .refine((s) => codePoints(s) <= MAX_REPORT_POINTS, `A report has at most ${MAX_REPORT_POINTS} characters.`)
    .default(""),
})
export const SeeReportRequest = z.object({ reportId: Snowflake })
export const ListReportsRequest = ListRequest.extend({ seen: z.boolean().default(false) })

/** As administrators of the instance read it. Whose account is gone has no card. */
export const Report = z.object({
  id: Snowflake,
  at: Millis,
  about: ReportAbout,
  text: z.string(),
  reporter: UserCard.optional(),
  reported: UserCard.optional(),
  seenAt: Millis.nullable(),
})
export type Report = z.infer<typeof Report>
