import { AppError } from "@hearth/core"

export const AWAY_RETRY_MS = 1000

// Classes 08, 53, 57P, 58 and 40: no connection, no room, shutting down, I/O, and a transaction that only has to be tried again.
const passing = /^(08...|53...|57P..|58...|40001|40P01|57014)$/
const unreachable = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|ENOENT|EHOSTUNREACH)$/
// What node-postgres says without a code: nobody connects, the connection broke, and what was asked of it afterwards.
const broken = /timeout exceeded when trying to connect|Connection terminated|Query read timeout|is not queryable/i

// A NUL, or half of a surrogate pair: schemas let neither through where they think of it, and PostgreSQL never does.
const unstorable = /^(22021|22P05)$/

const chain = function* (error: unknown): Generator<Error & { code?: unknown }> {
  for (let e = error, depth = 0; e instanceof Error && depth < 6; e = e.cause, depth++) yield e
}

/** Whether PostgreSQL is away, or too busy: worth another try, and no bug. */
const isUnavailable = (error: unknown): boolean => {
  for (const e of chain(error)) {
    const code = typeof e.code === "string" ? e.code : ""
    if (passing.test(code) || unreachable.test(code) || broken.test(e.message)) return true
    if (e instanceof AggregateError && e.errors.some(isUnavailable)) return true
  }
  return false
}

export const databaseAway = (cause?: unknown, retryAfterMs = AWAY_RETRY_MS): AppError =>
  new AppError("UNAVAILABLE", "The database does not answer. Please try again in a moment.", { retryAfterMs, cause })

/** The expected failure behind whatever was thrown, or null: then it is a bug. */
export const toAppError = (error: unknown): AppError | null => {
  for (const e of chain(error)) {
    if (e instanceof AppError) return e
    if (typeof e.code === "string" && unstorable.test(e.code))
      return new AppError("BAD_REQUEST", "That text has a character that cannot be kept.", { cause: error })
  }
  return isUnavailable(error) ? databaseAway(error) : null
}
