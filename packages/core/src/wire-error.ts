import { z } from "zod"
import { type ErrorCode, errorCodes } from "./error.ts"

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]

/** A failure as it crosses the wire. `message` is a sentence a person understands; `retryAfterMs` comes with RATE_LIMITED and UNAVAILABLE. */
export const WireError = z.object({
  code: z.enum(codes),
  message: z.string(),
  retryAfterMs: z.number().int().nonnegative().optional(),
})
export type WireError = z.infer<typeof WireError>
