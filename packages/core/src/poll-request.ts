import { z } from "zod"
import { Content } from "./content.ts"
import { Appended, ChangedMessage, Nonce, Seq } from "./message.ts"
import { MAX_OPTION, MAX_OPTIONS, MAX_QUESTION, MIN_OPTIONS, POLL_HOURS } from "./poll.ts"
import { Snowflake } from "./snowflake.ts"
import { codePoints, contentProblem } from "./text.ts"

export const PollQuestion = Content.refine((s) => codePoints(s) <= MAX_QUESTION, "The question is too long.")
/** One line, as it was typed otherwise: joiners stay, which emoji and many scripts need. */
export const PollOption = z
  .string()
  .max(1000)
  .transform((s) => s.replace(/\s+/g, " ").trim())
  .superRefine((s, context) => {
    const long = codePoints(s) > MAX_OPTION ? `An option has at most ${MAX_OPTION} characters.` : null
    const problem = contentProblem(s) ?? long
    if (problem) context.addIssue({ code: "custom", message: problem })
  })
export const PollOptions = z
  .array(PollOption)
  .min(MIN_OPTIONS, "A poll has at least two options.")
  .max(MAX_OPTIONS, "A poll has at most ten options.")
  .refine((options) => new Set(options).size === options.length, "Two options say the same.")

export const StartPoll = z.object({
  channelId: Snowflake,
  nonce: Nonce,
  question: PollQuestion,
  options: PollOptions,
  /** Whether one may choose several. */
  several: z.boolean(),
  /** Nobody is told who voted for what. */
  secret: z.boolean(),
  /** For how long it is open; absent: until somebody ends it. */
  hours: z.literal(POLL_HOURS).optional(),
})
export type StartPoll = z.infer<typeof StartPoll>
export const EndPoll = z.object({ channelId: Snowflake, seq: Seq })
export const pollCommands = {
  /** Its message is like one that is sent. */
  "poll:start": { body: StartPoll, reply: Appended },
  "poll:end": { body: EndPoll, reply: ChangedMessage },
} as const
