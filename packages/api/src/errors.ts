import { type AppError, errorCodes, type WireError } from "@hearth/core"
import { toAppError } from "@hearth/db"
import { TRPCError } from "@trpc/server"
import { z } from "zod"

const INTERNAL: WireError = {
  code: "INTERNAL",
  message: "Something broke on our side, and was written down. Please try again.",
}

const zodErrorOf = (error: unknown): z.core.$ZodError | null => {
  for (let e = error, depth = 0; e instanceof Error && depth < 6; e = e.cause, depth++)
    if (e instanceof z.core.$ZodError) return e
  return null
}

/** zod's own sentences talk to programmers. */
const sentence = (issue: z.core.$ZodIssue): string => {
  const field = issue.path.join(".")
  return /^(Invalid|Too (big|small)|Unrecognized)/.test(issue.message)
    ? `${field === "" ? "The request" : `“${field}”`} is not as it should be.`
    : issue.message
}

export interface Failure {
  appError: WireError
  /** Which part of the input does not fit, dotted. */
  field: string | null
}

/** How any failure of a procedure crosses the wire. */
export const describeFailure = (error: TRPCError): Failure => {
  const known = toAppError(error)
  if (known) return { appError: known.toWire(), field: null }
  const issue = zodErrorOf(error.cause)?.issues[0]
  if (issue && error.code === "BAD_REQUEST")
    return {
      appError: { code: "BAD_REQUEST", message: sentence(issue) },
      field: issue.path.length > 0 ? issue.path.join(".") : null,
    }
  if (error.code === "INTERNAL_SERVER_ERROR") return { appError: INTERNAL, field: null }
  if (error.code === "PAYLOAD_TOO_LARGE")
    return { appError: { code: "TOO_LARGE", message: "The request is too large." }, field: null }
  return { appError: { code: "BAD_REQUEST", message: "This server does not understand the request." }, field: null }
}

/** An expected failure as tRPC throws it: the table of core says which status. */
export const toTrpcError = (error: AppError): TRPCError =>
  new TRPCError({ code: errorCodes[error.code].trpc, message: error.message, cause: error })

/** Headers for an answer that holds these failures: when to come back, in whole seconds. */
export const retryHeaders = (errors: readonly TRPCError[]): Record<string, string> => {
  const waits = errors.map((e) => toAppError(e)?.retryAfterMs).filter((ms) => ms !== undefined)
  return waits.length === 0 ? {} : { "retry-after": String(Math.ceil(Math.max(...waits) / 1000)) }
}
