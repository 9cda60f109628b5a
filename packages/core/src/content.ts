import { z } from "zod"
import { cleanContent, contentProblem, MAX_CONTENT_BYTES } from "./text.ts"

/** What a person wrote: 1 to 4,000 code points, at most 16 KB of UTF-8, no control characters but newline and tab. */
export const Content = z
  .string()
  .max(MAX_CONTENT_BYTES, "The message is too long.")
  .transform(cleanContent)
  .superRefine((s, context) => {
    const problem = contentProblem(s)
    if (problem) context.addIssue({ code: "custom", message: problem })
  })
