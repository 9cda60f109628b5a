import type { WireError } from "./wire-error.ts"

/**
 * The one table of expected failures. `trpc` is how the HTTP edge answers, `retry` whether the same request may succeed later.
 * A thing that the asker may not see answers as if it did not exist: UNKNOWN_*, never FORBIDDEN.
 */
export const errorCodes = {
  BAD_REQUEST: { trpc: "BAD_REQUEST", retry: false },
  UNAUTHENTICATED: { trpc: "UNAUTHORIZED", retry: false },
  FORBIDDEN: { trpc: "FORBIDDEN", retry: false },
  WRONG_CREDENTIALS: { trpc: "UNAUTHORIZED", retry: false },
  WRONG_SETUP_CODE: { trpc: "FORBIDDEN", retry: false },
  ALREADY_SET_UP: { trpc: "CONFLICT", retry: false },
  REGISTRATION_CLOSED: { trpc: "FORBIDDEN", retry: false },
  EMAIL_TAKEN: { trpc: "CONFLICT", retry: false },
  UNKNOWN_GUILD: { trpc: "NOT_FOUND", retry: false },
  UNKNOWN_CHANNEL: { trpc: "NOT_FOUND", retry: false },
  UNKNOWN_MESSAGE: { trpc: "NOT_FOUND", retry: false },
  UNKNOWN_MEMBER: { trpc: "NOT_FOUND", retry: false },
  UNKNOWN_ROLE: { trpc: "NOT_FOUND", retry: false },
  UNKNOWN_SESSION: { trpc: "NOT_FOUND", retry: false },
  /** Also for one that is expired, used up or revoked: a guesser learns nothing. */
  UNKNOWN_INVITE: { trpc: "NOT_FOUND", retry: false },
  TOO_MANY: { trpc: "CONFLICT", retry: false },
  TOO_LARGE: { trpc: "PAYLOAD_TOO_LARGE", retry: false },
  /** The same nonce with another body, or an edit of a version that is no longer the newest. */
  CONFLICT: { trpc: "CONFLICT", retry: false },
  /** Nobody votes any more, and nobody takes a vote back. */
  POLL_ENDED: { trpc: "CONFLICT", retry: false },
  RATE_LIMITED: { trpc: "TOO_MANY_REQUESTS", retry: true },
  UNAVAILABLE: { trpc: "SERVICE_UNAVAILABLE", retry: true },
  INTERNAL: { trpc: "INTERNAL_SERVER_ERROR", retry: true },
} as const

export type ErrorCode = keyof typeof errorCodes

/** An expected failure. Anything else that is thrown is a bug: logged, and sent as INTERNAL. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly retryAfterMs: number | undefined
  constructor(code: ErrorCode, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = "AppError"
    this.code = code
    this.retryAfterMs = options.retryAfterMs
  }
  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
    }
  }
}

export const isErrorCode = (s: unknown): s is ErrorCode => typeof s === "string" && Object.hasOwn(errorCodes, s)

/** What `WireError` accepts, for browsers: they read failures on every page, and need no schemas for that. */
export const readWireError = (x: unknown): WireError | null => {
  if (typeof x !== "object" || x === null) return null
  const { code, message, retryAfterMs: wait } = x as Record<string, unknown>
  if (!isErrorCode(code) || typeof message !== "string") return null
  if (wait === undefined) return { code, message }
  return typeof wait === "number" && Number.isSafeInteger(wait) && wait >= 0
    ? { code, message, retryAfterMs: wait }
    : null
}
