import { setTimeout as delay } from "node:timers/promises"
import { AppError } from "@hearth/core"
import { ApiError } from "../e2e/support/api.ts"

/** SPEC 4.4: longer is no answer. */
export const ANSWER_MS = 5000
const FIRST_PAUSE_MS = 500
// A browser waits up to 30 s. Here Hearth is measured, not patience.
const LONGEST_PAUSE_MS = 3000

/** Full jitter, SPEC 3.7 and 6.4. */
export const pauseBefore = (attempt: number): number =>
  Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt)

export const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  const timer = new AbortController()
  const late = delay(ms, null, { signal: timer.signal }).then(() => Promise.reject(new Error(`no answer in ${ms} ms`)))
  late.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}

/** SPEC 6.4 and 6.5: after these the same again, after any other never. A broken connection has no code. */
export const mayRetry = (error: unknown): boolean => {
  const code = error instanceof AppError || error instanceof ApiError ? error.code : "UNAVAILABLE"
  return ["UNAVAILABLE", "INTERNAL", "RATE_LIMITED"].includes(code) || code.startsWith("HTTP")
}
export const codeOf = (error: unknown): string =>
  error instanceof AppError || error instanceof ApiError
    ? error.code
    : error instanceof Error
      ? error.message
      : String(error)
