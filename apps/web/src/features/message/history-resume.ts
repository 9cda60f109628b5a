import {
  AppError,
  applyChanges,
  type Changes,
  type ChannelView,
  emptyView,
  type EventPayload,
  isErrorCode,
  joinParts,
  MAX_SPAN,
  resumeFrom,
  type Snowflake,
  type Span,
  trimView,
} from "@hearth/core"
import { comeBackIn } from "../gateway/backoff.ts"
import type { GatewayClient } from "../gateway/gateway-client.ts"
import { type Entries, type Entry, isOpen, lacks, record } from "./history-entries.ts"

export interface ResumeDeps {
  request: GatewayClient["request"]
  toError(error: unknown): AppError
  random?: () => number
  /** Milliseconds that a gap may last before a resume, which comes within as many again. */
  gapMs?: number
}

export const GAP_MS = 300
const MAX_GAP_MS = 15_000
const RESUME_MS = 15_000
const MAX_OPEN = 20
/** How many rows around the reader stay when they are further up than what a resume covers. */
const KEPT_ABOVE = 100
const KEPT_BELOW = 150
/** A gap that as many resumes did not close is a packet that the log knows nothing of. */
const MAX_GAP_TRIES = 3

interface Resume {
  asked: Map<Snowflake, { span: Span | null; start: number }>
  parts: Map<Snowflake, Changes[]>
  done: Promise<void>
}

/** Rows of a view around a `seq`, as a view of their own that is not live. */
const sliceAround = (view: ChannelView, seq: number): ChannelView => {
  if (!view.span) return view
  const from = Math.max(view.span.from, seq - KEPT_ABOVE)
  const to = Math.min(view.span.to, seq + KEPT_BELOW)
  return {
    ...view,
    span: { from, to },
    messages: view.messages.slice(from - view.span.from, to - view.span.from + 1),
    marks: view.marks,
    live: false,
    waiting: [],
  }
}

/** Brings open channels up to date: one request for all of them, after a connection, a gap, or a head that is further on. */
export const createResumes = (deps: ResumeDeps, entries: Entries, onSettled: (e: Entry) => void) => {
  const random = deps.random ?? Math.random
  const gapMs = deps.gapMs ?? GAP_MS
  const wanted = new Set<Snowflake>()
  let online = false
  let resume: Resume | null = null
  let resumeTries = 0
  let resumeTimer: ReturnType<typeof setTimeout> | undefined

  /** Something is missing: it may only be late, so it has a moment to arrive. */
  const watchGap = (e: Entry) => {
    if (!lacks(e)) {
      clearTimeout(e.gapTimer)
      e.gapTimer = undefined
      e.tries = 0
      return
    }
    if (e.gapTimer !== undefined || !isOpen(e)) return
    // What one lacks everybody may lack who looks: they do not all ask in one moment.
    const wait = Math.min(MAX_GAP_MS, gapMs * (1 + random()) * 2 ** e.tries)
    e.gapTimer = setTimeout(() => {
      e.gapTimer = undefined
      if (lacks(e)) want(e.channelId)
    }, wait)
  }

  const want = (channelId: Snowflake) => {
    wanted.add(channelId)
    queueMicrotask(flush)
  }

  /** Older rows go, so that a resume stays small; a reader who is among them keeps a view of their own. */
  const trim = (e: Entry) => {
    if (e.main.messages.length <= MAX_SPAN || !e.main.span) return
    const first = e.main.span.to - MAX_SPAN + 1
    if (!e.aside && e.anchor !== null && e.anchor < first) e.aside = sliceAround(e.main, e.anchor)
    e.main = trimView(e.main)
  }

  const flush = () => {
    if (!online || resume || resumeTimer !== undefined) return
    const open = [...wanted].map((id) => entries.find(id)).filter((e) => e && isOpen(e) && !e.gone)
    wanted.clear()
    const batch = (open as Entry[]).slice(0, MAX_OPEN)
    if (batch.length === 0) return
    for (const e of (open as Entry[]).slice(MAX_OPEN)) wanted.add(e.channelId)

    const asked: Resume["asked"] = new Map()
    const stops: (() => void)[] = []
    const channels = batch.map((e) => {
      trim(e)
      const { span, marks } = resumeFrom(e.main)
      const { start, stop } = record(e)
      stops.push(stop)
      asked.set(e.channelId, { span, start })
      return { channelId: e.channelId, span, marks }
    })
    const mine: Resume = { asked, parts: new Map(), done: Promise.resolve() }
    resume = mine
    mine.done = (async () => {
      try {
        const { channels: answers } = await deps.request("channel:resume", { channels }, { timeoutMs: RESUME_MS })
        if (resume !== mine) return
        resumeTries = 0
        let retryIn: number | null = null
        for (const answer of answers) {
          const e = entries.find(answer.channelId)
          if (!e) continue
          if (answer.ok) settle(e, mine)
          else retryIn = Math.max(retryIn ?? 0, refused(e, answer))
        }
        if (retryIn !== null && retryIn > 0) retryLater(retryIn)
      } catch (error) {
        if (resume !== mine) return
        const failure = deps.toError(error)
        for (const e of batch) {
          e.error = failure
          wanted.add(e.channelId)
          entries.publish(e)
        }
        retryLater(comeBackIn(failure, resumeTries++, { random }))
      } finally {
        for (const stop of stops) stop()
        if (resume === mine) resume = null
        queueMicrotask(flush)
      }
    })()
  }

  const retryLater = (ms: number) => {
    clearTimeout(resumeTimer)
    resumeTimer = setTimeout(() => {
      resumeTimer = undefined
      flush()
    }, ms)
  }

  const tryNow = () => {
    clearTimeout(resumeTimer)
    resumeTimer = undefined
    queueMicrotask(flush)
  }

  const settle = (e: Entry, of: Resume) => {
    const asked = of.asked.get(e.channelId)
    const parts = of.parts.get(e.channelId)
    e.error = null
    if (asked && parts) {
      const changes = joinParts(parts)
      // Who asked without a span gets a page to start with, whatever it is called.
      if (!asked.span) changes.reset = true
      e.main = applyChanges(e.main, changes, e.since.slice(asked.start))
      // A view that shows the same rows as the fresh page is no longer in the past.
      if (changes.reset && e.aside?.span && e.main.span && e.aside.span.from >= e.main.span.from) e.aside = null
    }
    onSettled(e)
    if (lacks(e)) {
      e.tries++
      if (e.tries >= MAX_GAP_TRIES) e.main = { ...e.main, waiting: [] }
    }
    watchGap(e)
    entries.publish(e)
  }

  /** Answers in how many ms to ask again; 0: never. */
  const refused = (e: Entry, answer: { code?: string | undefined; retryAfterMs?: number | undefined }): number => {
    const code = isErrorCode(answer.code) ? answer.code : "INTERNAL"
    if (code !== "UNKNOWN_CHANNEL" && code !== "FORBIDDEN") {
      e.error = new AppError(code, "The channel did not load.")
      wanted.add(e.channelId)
      entries.publish(e)
      return Math.max(comeBackIn(answer, resumeTries++, { base: 1000, random }), 1)
    }
    drop(e)
    return 0
  }

  const drop = (e: Entry) => {
    e.gone = true
    e.main = emptyView(e.channelId)
    e.aside = null
    wanted.delete(e.channelId)
    entries.publish(e)
  }

  return {
    want,
    watchGap,
    /** One may not see it any more. */
    drop,
    /** Now, whatever had to wait: somebody asks for it. */
    wantNow: (channelId: Snowflake) => {
      wanted.add(channelId)
      tryNow()
    },
    /** The store has answered something: what did not load need not wait any longer. */
    tryNow,
    /** Until no resume of that channel is under way. */
    rest: async (channelId: Snowflake) => {
      while (resume?.asked.has(channelId)) await resume.done
    },
    take: (part: EventPayload<"channel:resumed">) => {
      const { channelId, reset, messages, changed, marks, head } = part
      const changes = { reset, messages, changed, marks, head }
      if (!resume?.asked.has(channelId)) return
      const parts = resume.parts.get(channelId)
      if (parts) parts.push(changes)
      else resume.parts.set(channelId, [changes])
    },
    isOnline: () => online,
    online: () => {
      online = true
      resume = null
      resumeTries = 0
      clearTimeout(resumeTimer)
      resumeTimer = undefined
      for (const e of entries.all()) {
        e.tries = 0
        if (isOpen(e)) wanted.add(e.channelId)
      }
      flush()
    },
    offline: () => {
      online = false
      resume = null
      clearTimeout(resumeTimer)
      resumeTimer = undefined
    },
  }
}
export type Resumes = ReturnType<typeof createResumes>
