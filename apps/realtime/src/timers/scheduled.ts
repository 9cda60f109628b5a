import { AppError, type Body, type Snowflake } from "@hearth/core"
import type { Database } from "@hearth/db"
import type { AccessCache } from "@hearth/db/access"
import { type Bodies, type MessageStore, scheduledPlace } from "@hearth/db/message-store"
import { claimNext, type Due, type Outcome, settle } from "@hearth/db/schedule"
import type { Author } from "../connection.ts"
import type { Logger } from "../logger.ts"
import type { Job } from "./timers.ts"

export interface ScheduledDeps {
  db: Database
  access: Pick<AccessCache, "acquire" | "learn" | "release">
  store: Pick<MessageStore, "page">
  bodies: Bodies
  /** As of a socket: who may no longer write there, or too soon, is refused. */
  send: (body: Body<"message:send">, author: Author) => Promise<unknown>
  /** Throws while this node sends nothing. */
  gate: () => void
  /** Whether the node has read by now what had been committed when it was asked: what it may be refused by is not old. */
  upToDate: () => Promise<boolean>
  /** For how long a node goes on knowing the author's servers: those who do not look hear a moment later. */
  keepMs: number
  clock: () => number
  log: Logger
}

const PAGE = 100
const PAGES = 10
/** Clocks differ, and a node that died may have left an append on its way. */
const DOUBT_MS = 60_000
const KEY_MS = 60_000

/** Longer and longer, up to half a minute: of a store that is away nobody asks often. */
const patience = ({ begunAt }: Due, now: number): number =>
  Math.min(30_000, Math.max(1_000, (now - begunAt.getTime()) / 2))

/** Whether an earlier try sent it. That is no longer told by sending it again when that is refused. */
const isInLog = async ({ store }: Pick<ScheduledDeps, "store">, due: Due): Promise<boolean> => {
  let before: number | undefined
  for (let page = 0; page < PAGES; page++) {
    const { messages } = await store.page(due.channelId, before === undefined ? {} : { before }, PAGE)
    if (messages.some((m) => m.authorId === due.userId && m.nonce === due.key)) return true
    const [oldest] = messages
    if (!oldest || oldest.seq === 1 || oldest.createdAt < due.begunAt.getTime() - DOUBT_MS) return false
    before = oldest.seq
  }
  return false
}

/** The failures after which a message is surely not in the log, if it was not before. */
const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && !["UNAVAILABLE", "INTERNAL", "RATE_LIMITED"].includes(error.code)

/** What becomes of a message that is due. Whatever fails, it waits longer and longer, and nothing waits for it. */
export const attempt = async (deps: Omit<ScheduledDeps, "db" | "access" | "keepMs">, due: Due): Promise<Outcome> => {
  const { bodies, send, gate, upToDate, clock, log } = deps
  const { id, userId, channelId, key, replyTo, tries } = due
  const untried = tries > 1 ? "maybe" : "no"
  const later = (inMs: number, isIn: "maybe" | "no" = untried): Outcome => ({ kind: "later", inMs, isIn })
  let content: string
  try {
    content = bodies.open(due.body, scheduledPlace(userId, id))
  } catch (error) {
    log.warn({ err: error instanceof Error ? error.message : error, scheduledId: id }, "a scheduled message is sealed")
    return later(KEY_MS)
  }
  try {
    gate()
  } catch {
    return later(patience(due, clock()))
  }
  try {
    const body = { channelId, content, nonce: key, ...(replyTo !== null && { replyTo }) }
    try {
      await send(body, { userId })
    } catch (error) {
      // Nobody is there to press again: a refusal is believed when it is as new as what its author did last.
      if (!isRefusal(error)) throw error
      if (!(await upToDate())) return later(patience(due, clock()))
      await send(body, { userId })
    }
    return { kind: "sent" }
  } catch (error) {
    if (error instanceof AppError && error.code === "RATE_LIMITED") return later(error.retryAfterMs ?? 1_000)
    if (!isRefusal(error)) {
      log.warn({ err: error instanceof Error ? error.message : error, scheduledId: id }, "a scheduled message waits")
      return later(patience(due, clock()), "maybe")
    }
    if (tries === 1) return { kind: "failed", code: error.code }
    const isIn = await isInLog(deps, due).catch((failure: unknown) => {
      if (isRefusal(failure)) return false
      log.warn({ err: failure instanceof Error ? failure.message : failure, scheduledId: id }, "the log does not tell")
      return null
    })
    if (isIn) return { kind: "sent" }
    if (isIn === null || clock() - due.begunAt.getTime() < DOUBT_MS) return later(patience(due, clock()), "maybe")
    return { kind: "failed", code: error.code }
  }
}

/** Sends what is due, one after the other, as its author would: through the same permissions, limits and slow mode. */
export const createScheduled =
  (deps: ScheduledDeps): Job =>
  async () => {
    const { db, access, gate, keepMs, clock, log } = deps
    try {
      gate()
    } catch {
      return "nothing"
    }
    try {
      const due = await claimNext(db, clock())
      if (!due) return "nothing"
      await access.acquire(due.userId)
      try {
        await settle(db, due, clock, async (row) => {
          // It may be for a thread, which nobody has named on this node.
          await access.learn([row.channelId])
          return attempt(deps, row)
        })
      } finally {
        releaseLater(access, due.userId, keepMs)
      }
      return "did"
    } catch (error) {
      log.warn(
        { err: error instanceof Error ? error.message : error },
        "scheduled messages could not be sent: they wait",
      )
      return "nothing"
    }
  }

const releaseLater = (access: ScheduledDeps["access"], userId: Snowflake, keepMs: number): void => {
  setTimeout(() => access.release(userId), keepMs).unref()
}
