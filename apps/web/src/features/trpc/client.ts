import type { AppRouter } from "@hearth/api"
import { AppError, readWireError } from "@hearth/core"
import type { TRPCClient } from "@trpc/client"
import { API } from "./api-path.ts"
import { CallError, createCaller, createClient } from "./http.ts"

const TIMEOUT_MS = 15_000

/** For code without React. Same origin, whatever the public address is. */
export const trpc = createClient<TRPCClient<AppRouter>>(
  createCaller(API, (url, options) =>
    fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS), credentials: "same-origin" }),
  ),
)

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null

const FALLBACK = "Something went wrong. Please try again."

/** What a request failed with, as one of the codes of core. No answer at all is UNAVAILABLE. */
export const toAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  if (error instanceof CallError) {
    const { data } = error
    if (isRecord(data)) {
      const wire = readWireError(data["appError"])
      if (wire) {
        const { code, message, retryAfterMs } = wire
        return new AppError(
          code,
          message,
          retryAfterMs === undefined ? { cause: error } : { retryAfterMs, cause: error },
        )
      }
      return new AppError(data["httpStatus"] === 401 ? "UNAUTHENTICATED" : "INTERNAL", FALLBACK, { cause: error })
    }
    return new AppError("UNAVAILABLE", "The server did not answer. Please try again in a moment.", { cause: error })
  }
  return new AppError("INTERNAL", FALLBACK, { cause: error })
}
