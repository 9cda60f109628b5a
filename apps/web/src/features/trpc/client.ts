import type { AppRouter } from "@hearth/api"
import { AppError, readWireError } from "@hearth/core"
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client"

const TIMEOUT_MS = 15_000

/** For code without React. Same origin, whatever the public address is. */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    httpBatchLink({
      url: "/api/trpc",
      maxItems: 10,
      maxURLLength: 4000,
      fetch: (url, options) => {
        const limit = AbortSignal.timeout(TIMEOUT_MS)
        const signal = options?.signal ? AbortSignal.any([options.signal as AbortSignal, limit]) : limit
        return fetch(url, { ...(options as RequestInit), signal, credentials: "same-origin" })
      },
    }),
  ],
})

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null

const FALLBACK = "Something went wrong. Please try again."

/** What a request failed with, as one of the codes of core. No answer at all is UNAVAILABLE. */
export const toAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  if (error instanceof TRPCClientError) {
    const data: unknown = error.data
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
    return new AppError("UNAVAILABLE", "The server did not answer.", { cause: error })
  }
  return new AppError("INTERNAL", FALLBACK, { cause: error })
}
