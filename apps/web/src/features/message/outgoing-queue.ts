import {
  AppError,
  type Appended,
  cleanContent,
  contentProblem,
  errorCodes,
  type ErrorCode,
  type Message,
  type SendMessage,
  type Snowflake,
} from "@hearth/core"
import { comeBackIn } from "../gateway/backoff.ts"
import { createSignal } from "../gateway/emitter.ts"
import { createPace } from "./pace.ts"

/** A message that is not acked yet, as it lies in the browser's store. */
export interface OutgoingRow {
  nonce: string
  /** Whose it is: another account in the same browser never sends it. */
  userId: Snowflake
  channelId: Snowflake
  content: string
  replyTo: number | null
  /** Unix ms. */
  createdAt: number
  /** "cancelled": it may be in the log all the same. Nobody sees it here any more; if it turns up, it is deleted. */
  state: "queued" | "refused" | "cancelled"
  /** Whether it was ever sent: then it may be in the log although no ack came. */
  tried: boolean
  /** Why the gateway does not take it, in its own sentence. */
  reason?: string
  code?: ErrorCode
}

export interface Outgoing extends OutgoingRow {
  /** "waiting": tried without an answer, or without a connection; it is tried again by itself. */
  phase: "sending" | "waiting" | "refused" | "sent"
  /** Its number, once acked: it stays here until the timeline has it. */
  seq: number | null
}

/** What slow mode goes by: when one's last message here was sent, and until when the gateway takes none. Unix ms. */
export interface Turn {
  sentAt?: number
  until?: number
}

export interface OutgoingStore {
  /** All rows of one user, oldest first. */
  list(userId: Snowflake): Promise<OutgoingRow[]>
  put(row: OutgoingRow): Promise<void>
  remove(nonce: string): Promise<void>
}

/** What tabs tell each other. Rows travel by the store. */
export type TabNews =
  | { kind: "changed"; userId: Snowflake }
  | { kind: "sent"; userId: Snowflake; nonce: string; channelId: Snowflake; seq: number }
  | { kind: "failing"; userId: Snowflake; channelId: Snowflake }

export interface OutgoingDeps {
  userId: Snowflake
  store: OutgoingStore
  /** Sends one; throws AppError. */
  send(message: SendMessage): Promise<Appended>
  toError(error: unknown): AppError
  /** Runs `work` in one tab at a time; `signal` ends the wait or the turn. */
  lock(work: () => Promise<void>, signal: AbortSignal): Promise<void>
  tell(news: TabNews): void
  onSent?(row: OutgoingRow, appended: Pick<Appended, "seq">): void
  /** Deletes a message of one's own. */
  remove(message: { channelId: Snowflake; seq: number }): Promise<unknown>
  now?: () => number
  random?: () => number
}

/** 27 characters of 160 random bits; works without a secure context, where randomUUID does not exist. */
export const newNonce = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(20))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "")
}

/** After as many failures that are nobody's fault, the message steps aside for those behind it. */
const MAX_INTERNAL = 5
const MAX_SENT_KEPT = 200
const MAX_CAME_KEPT = 500
/** As long as a nonce names its message (SPEC 6.2). */
const CANCELLED_KEPT_MS = 7 * 24 * 3_600_000

const byAge = (a: OutgoingRow, b: OutgoingRow) => a.createdAt - b.createdAt || (a.nonce < b.nonce ? -1 : 1)

/**
 * What one writes and what is not acked yet. One tab sends, one un-acked message a channel, always under the same nonce, so
 * that no retry makes a second message; a definite refusal does not hold up those behind it. All channels share one pace.
 */
export const createOutgoingQueue = (deps: OutgoingDeps) => {
  const now = deps.now ?? Date.now
  const random = deps.random ?? Math.random
  const changed = createSignal()
  const pace = createPace()
  const rows = new Map<string, OutgoingRow>()
  const sent = new Map<string, Outgoing>()
  const inFlight = new Set<string>()
  /** The messages of one's own that were seen in a log, by nonce. */
  const came = new Map<string, Pick<Message, "seq" | "deleted">>()
  const failing = new Set<Snowflake>()
  const turns = new Map<Snowflake, Turn>()
  const pumps = new Map<Snowflake, { kick: () => void }>()
  const snapshots = new Map<Snowflake, readonly Outgoing[]>()
  let stopped = new AbortController()
  let lastCreatedAt = 0
  let sending = false
  let online = false

  /** Of each reload that is under way, what this tab changed meanwhile: there the memory is newer than what was read. */
  const reloads = new Set<Set<string>>()
  const touch = (nonce: string) => {
    for (const touched of reloads) touched.add(nonce)
  }

  const announce = () => {
    snapshots.clear()
    changed.notify()
  }

  const phaseOf = (row: OutgoingRow): Outgoing["phase"] =>
    row.state === "refused" ? "refused" : !online || failing.has(row.channelId) ? "waiting" : "sending"

  const next = (channelId: Snowflake) =>
    [...rows.values()].filter((r) => r.channelId === channelId && r.state === "queued").sort(byAge)[0]

  const save = async (row: OutgoingRow) => {
    touch(row.nonce)
    rows.set(row.nonce, row)
    announce()
    await deps.store.put(row)
    deps.tell({ kind: "changed", userId: deps.userId })
  }

  const forget = async (nonce: string) => {
    touch(nonce)
    rows.delete(nonce)
    announce()
    await deps.store.remove(nonce)
    deps.tell({ kind: "changed", userId: deps.userId })
  }

  const markSent = (row: OutgoingRow, seq: number, sentAt = now()) => {
    touch(row.nonce)
    turns.set(row.channelId, { sentAt })
    sent.set(row.nonce, { ...row, phase: "sent", seq })
    for (const nonce of sent.keys()) {
      if (sent.size <= MAX_SENT_KEPT) break
      sent.delete(nonce)
    }
    rows.delete(row.nonce)
    failing.delete(row.channelId)
    announce()
  }

  /** What was cancelled is in the log: away with it. What fails is tried again when it turns up the next time, and on the next connection. */
  const removeCancelled = async ({ nonce, channelId }: OutgoingRow, seq: number) => {
    try {
      await deps.remove({ channelId, seq })
    } catch (error) {
      if (errorCodes[deps.toError(error).code].retry) return
    }
    await forget(nonce)
  }

  /** One that was cancelled, and that came before that or while nobody knew what had become of it. */
  const settle = (row: OutgoingRow | undefined) => {
    const message = row?.state === "cancelled" && !inFlight.has(row.nonce) && came.get(row.nonce)
    if (message) void (message.deleted ? forget(row.nonce) : removeCancelled(row, message.seq))
  }

  const refuse = (row: OutgoingRow, error: AppError) =>
    save({ ...row, state: "refused", tried: true, reason: error.message, code: error.code })

  const pump = async (channelId: Snowflake) => {
    if (pumps.has(channelId)) return
    let kick = () => {}
    pumps.set(channelId, { kick: () => kick() })
    let failures = 0
    let internal = 0
    const pause = (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        kick = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    try {
      for (let row = next(channelId); row && sending && !stopped.signal.aborted; row = next(channelId)) {
        if (!online) return
        const early = pace.waitMs()
        if (early > 0) {
          await pause(early)
          continue
        }
        pace.went()
        const { nonce, content, replyTo } = row
        inFlight.add(nonce)
        if (!row.tried) {
          row = { ...row, tried: true }
          rows.set(nonce, row)
          void deps.store.put(row)
        }
        try {
          const appended = await deps.send({ channelId, content, nonce, ...(replyTo !== null && { replyTo }) })
          failures = 0
          internal = 0
          if (rows.get(nonce)?.state === "cancelled") {
            // Should the delete fail, the next connection knows what to delete.
            came.set(nonce, { seq: appended.seq, deleted: false })
            await removeCancelled(row, appended.seq)
            continue
          }
          markSent(row, appended.seq, appended.createdAt)
          deps.onSent?.(row, appended)
          deps.tell({ kind: "sent", userId: deps.userId, nonce, channelId, seq: appended.seq })
          await deps.store.remove(nonce)
        } catch (error) {
          const failure = deps.toError(error)
          if (failure.code === "INTERNAL") internal++
          // A session that ended takes the page away; what was written waits for the next sign-in.
          const waits = errorCodes[failure.code].retry || failure.code === "UNAUTHENTICATED"
          if (!waits || internal >= MAX_INTERNAL) {
            internal = 0
            // Nothing came of it, and nothing will.
            if (rows.get(nonce)?.state === "cancelled") await forget(nonce)
            else if (rows.has(nonce)) await refuse(row, failure)
            continue
          }
          if (failure.code === "RATE_LIMITED" && failure.retryAfterMs)
            turns.set(channelId, { until: now() + failure.retryAfterMs })
          failing.add(channelId)
          deps.tell({ kind: "failing", userId: deps.userId, channelId })
          announce()
          await pause(comeBackIn(failure, failures++, { random }))
        } finally {
          inFlight.delete(nonce)
          settle(rows.get(nonce))
        }
      }
    } finally {
      pumps.delete(channelId)
    }
  }

  const pumpAll = () => {
    if (!sending || !online) return
    for (const channelId of new Set([...rows.values()].map((r) => r.channelId))) void pump(channelId)
  }

  const reload = async () => {
    const touched = new Set<string>()
    reloads.add(touched)
    const stored = await deps.store.list(deps.userId).finally(() => reloads.delete(touched))
    const held = new Set(stored.map((r) => r.nonce))
    const isOurs = (nonce: string) => touched.has(nonce) || inFlight.has(nonce) || sent.has(nonce)
    for (const nonce of rows.keys()) if (!held.has(nonce) && !isOurs(nonce)) rows.delete(nonce)
    for (const row of stored) if (!isOurs(row.nonce)) rows.set(row.nonce, row)
    const old = stored.filter((row) => row.state === "cancelled" && now() - row.createdAt > CANCELLED_KEPT_MS)
    for (const { nonce } of old) void forget(nonce)
    for (const row of rows.values()) settle(row)
    announce()
    pumpAll()
  }

  const snapshot = (channelId: Snowflake): readonly Outgoing[] => {
    const known = snapshots.get(channelId)
    if (known) return known
    const shown = [...rows.values()].filter((row) => row.state !== "cancelled")
    const mine: Outgoing[] = shown.map((row) => ({ ...row, phase: phaseOf(row), seq: null }))
    const all = [...sent.values(), ...mine].filter((r) => r.channelId === channelId).sort(byAge)
    snapshots.set(channelId, all)
    return all
  }

  return {
    /** Reads what an earlier page left behind, and sends as soon as this tab's turn comes. */
    start: async () => {
      stopped = new AbortController()
      const { signal } = stopped
      await reload()
      if (signal.aborted) return
      void deps
        .lock(async () => {
          sending = true
          await reload()
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))
        }, signal)
        .catch(() => {
          // The wait for the turn was ended by stop().
        })
    },
    stop: () => {
      sending = false
      stopped.abort()
      for (const p of [...pumps.values()]) p.kick()
    },
    /** Takes a message. Throws AppError when it cannot be one at all: then nothing is kept, and it stays where it was typed. */
    add: async (draft: { channelId: Snowflake; content: string; replyTo?: number | null }): Promise<string> => {
      const nonce = newNonce()
      const { channelId, replyTo } = draft
      const content = cleanContent(draft.content)
      const problem = contentProblem(content)
      if (problem) throw new AppError("BAD_REQUEST", problem)
      lastCreatedAt = Math.max(now(), lastCreatedAt + 1)
      const row: OutgoingRow = {
        nonce,
        userId: deps.userId,
        channelId,
        content,
        replyTo: replyTo ?? null,
        createdAt: lastCreatedAt,
        state: "queued",
        tried: false,
      }
      try {
        await save(row)
      } catch (error) {
        // It goes back to where it was typed: kept here as well, it would be sent twice.
        rows.delete(nonce)
        announce()
        throw new AppError("UNAVAILABLE", "This browser could not keep the message. Please try again.", {
          cause: error,
        })
      }
      pumpAll()
      return nonce
    },
    retry: async (nonce: string) => {
      const row = rows.get(nonce)
      if (!row) return
      if (row.state === "refused") {
        const { reason: _, code: __, ...rest } = row
        await save({ ...rest, state: "queued" })
      }
      pumps.get(row.channelId)?.kick()
      pumpAll()
    },
    /** Takes a message out of the queue and answers with it: to drop it, or to put it back where it was typed. One that is on its way stays. */
    take: async (nonce: string): Promise<OutgoingRow | null> => {
      const row = rows.get(nonce)
      if (!row || (row.state === "queued" && (row.tried || inFlight.has(nonce)))) return null
      await forget(nonce)
      return row
    },
    /**
     * Gives a message up and answers with it, whatever has become of it: one that may be in the log already is deleted as
     * soon as it turns up, on this page or on a later one. One that was acked stays.
     */
    cancel: async (nonce: string): Promise<OutgoingRow | null> => {
      const row = rows.get(nonce)
      if (!row || row.state === "cancelled") return null
      if (row.tried || inFlight.has(nonce)) await save({ ...row, tried: true, state: "cancelled" })
      else await forget(nonce)
      settle(rows.get(nonce))
      pumps.get(row.channelId)?.kick()
      return row
    },
    /** Messages that came, live or from history: one that was cancelled is among them. */
    turnedUp: (messages: readonly Pick<Message, "channelId" | "seq" | "nonce" | "authorId" | "deleted">[]) => {
      for (const { nonce, authorId, seq, deleted } of messages) {
        if (authorId !== deps.userId) continue
        came.delete(nonce)
        came.set(nonce, { seq, deleted })
        settle(rows.get(nonce))
      }
      for (const nonce of came.keys()) {
        if (came.size <= MAX_CAME_KEPT) break
        came.delete(nonce)
      }
    },
    /** The timeline has it now. */
    seen: (nonces: Iterable<string>) => {
      let any = false
      for (const nonce of nonces) any = sent.delete(nonce) || any
      if (any) announce()
    },
    setOnline: (next: boolean) => {
      if (online === next) return
      online = next
      if (online) failing.clear()
      announce()
      for (const p of [...pumps.values()]) p.kick()
      if (online) for (const row of rows.values()) settle(row)
      pumpAll()
    },
    /** What another tab told. */
    hear: (news: TabNews) => {
      if (news.userId !== deps.userId) return
      if (news.kind === "changed") return void reload()
      if (news.kind === "failing") {
        failing.add(news.channelId)
        return announce()
      }
      const row = rows.get(news.nonce)
      if (!row) return
      markSent(row, news.seq)
      deps.onSent?.(row, news)
    },
    /** In the order in which they were written. The same array until something changes. */
    snapshot,
    turnOf: (channelId: Snowflake): Turn => turns.get(channelId) ?? {},
    subscribe: changed.subscribe,
  }
}

export type OutgoingQueue = ReturnType<typeof createOutgoingQueue>
