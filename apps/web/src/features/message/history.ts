import {
  AppError,
  type Appended,
  applyChanges,
  applyPacket,
  type Changes,
  type ChannelView,
  emptyView,
  type EventPayload,
  isBehind,
  isErrorCode,
  joinParts,
  MAX_SPAN,
  type Message,
  mergePage,
  type Packet,
  PAGE_LIMIT,
  type Page,
  type PageCursor,
  pageCovers,
  resumeFrom,
  type Snowflake,
  type Span,
  trimView,
  type UserCard,
} from "@hearth/core"
import { backoff } from "../gateway/backoff.ts"
import { createSignal, type Signal } from "../gateway/emitter.ts"
import type { GatewayClient } from "../gateway/gateway-client.ts"

export type Loading = "idle" | "loading" | "failed"

/** What a timeline shows of one channel. A new object whenever something changed. */
export interface ChannelState {
  view: ChannelView
  /** The view is in the past: a link was followed, or the reader was far up when the connection came back. */
  detached: boolean
  /** "gone": one may not see it, or it does not exist. */
  status: "loading" | "ready" | "failed" | "gone"
  error: AppError | null
  older: Loading
  newer: Loading
  /** A message that a link leads to, until its page is here. */
  around: Loading
}

export interface HistoryDeps {
  request: GatewayClient["request"]
  page(input: PageCursor & { channelId: Snowflake; limit: number }): Promise<{ page: Page; users: UserCard[] }>
  onUsers(users: UserCard[]): void
  toError(error: unknown): AppError
  /** The gateway was told that nobody looks any more. */
  onClosed?(channelId: Snowflake): void
  random?: () => number
  /** Milliseconds that a gap may last before a resume. */
  gapMs?: number
}

const GAP_MS = 300
const MAX_GAP_MS = 15_000
const RESUME_MS = 15_000
const CLOSE_AFTER_MS = 2_000
const ALONE_AFTER_MS = 1_500
const MAX_OPEN = 20
const KEPT = 20
const PAGE = 50
/** How many rows around the reader stay when they are further up than what a resume covers. */
const KEPT_ABOVE = 100
const KEPT_BELOW = 150
/** A gap that as many resumes did not close is a packet that the log knows nothing of. */
const MAX_GAP_TRIES = 3
const PAGE_TRIES = 4
const MAX_REFRESH_PAGES = 10

interface Entry {
  channelId: Snowflake
  main: ChannelView
  aside: ChannelView | null
  opened: number
  usedAt: number
  gone: boolean
  error: AppError | null
  older: Loading
  newer: Loading
  around: Loading
  /** The `seq` at the top of the reader's screen; null: at the bottom. */
  anchor: number | null
  /** The view in the past is being read anew: it does not grow meanwhile. */
  refreshing: boolean
  /** Packets since the oldest request that is under way. */
  since: Packet[]
  recording: number
  tries: number
  gapTimer: ReturnType<typeof setTimeout> | undefined
  asideTimer: ReturnType<typeof setTimeout> | undefined
  closeTimer: ReturnType<typeof setTimeout> | undefined
  state: ChannelState
  signal: Signal
}

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

/** The histories of all channels that are, or lately were, open. One way in: packets, resumes and pages, merged by core's rules. */
export const createHistory = (deps: HistoryDeps) => {
  const random = deps.random ?? Math.random
  const gapMs = deps.gapMs ?? GAP_MS
  const entries = new Map<Snowflake, Entry>()
  const wanted = new Set<Snowflake>()
  let online = false
  let resume: Resume | null = null
  let resumeTries = 0
  let resumeTimer: ReturnType<typeof setTimeout> | undefined
  let clock = 0

  const shown = (e: Entry): ChannelView => e.aside ?? e.main

  const stateOf = (e: Entry): ChannelState => {
    const view = shown(e)
    const status = e.gone ? "gone" : view.span ? "ready" : e.error ? "failed" : "loading"
    const { error, older, newer, around } = e
    return { view, detached: e.aside !== null, status, error, older, newer, around }
  }

  const publish = (e: Entry) => {
    const next = stateOf(e)
    const keys = Object.keys(next) as (keyof ChannelState)[]
    if (keys.every((k) => next[k] === e.state[k])) return
    e.state = next
    e.signal.notify()
  }

  const entryOf = (channelId: Snowflake): Entry => {
    const known = entries.get(channelId)
    if (known) return known
    const main = emptyView(channelId)
    const idle = { older: "idle", newer: "idle", around: "idle" } as const
    const e: Entry = {
      channelId,
      main,
      aside: null,
      opened: 0,
      usedAt: ++clock,
      gone: false,
      error: null,
      ...idle,
      anchor: null,
      refreshing: false,
      since: [],
      recording: 0,
      tries: 0,
      gapTimer: undefined,
      asideTimer: undefined,
      closeTimer: undefined,
      state: { view: main, detached: false, status: "loading", error: null, ...idle },
      signal: createSignal(),
    }
    entries.set(channelId, e)
    return e
  }

  const forgetOldest = () => {
    const closed = [...entries.values()].filter((e) => e.opened === 0).sort((a, b) => b.usedAt - a.usedAt)
    for (const e of closed.slice(KEPT)) {
      for (const timer of [e.gapTimer, e.asideTimer, e.closeTimer]) clearTimeout(timer)
      entries.delete(e.channelId)
    }
  }

  /** Keeps what arrives from now on, for an answer that may have been read before it. */
  const record = (e: Entry) => {
    const start = e.since.length
    e.recording++
    return {
      start,
      stop: () => {
        e.recording--
        if (e.recording === 0) e.since = []
      },
    }
  }

  const lacks = (e: Entry) => e.main.span !== null && (e.main.waiting.length > 0 || isBehind(e.main, e.main.head, {}))

  /** Something is missing: it may only be late, so it has a moment to arrive. */
  const watchGap = (e: Entry) => {
    if (!lacks(e)) {
      clearTimeout(e.gapTimer)
      e.gapTimer = undefined
      e.tries = 0
      return
    }
    if (e.gapTimer !== undefined || e.opened === 0) return
    const wait = Math.min(MAX_GAP_MS, gapMs * 2 ** e.tries)
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
    const open = [...wanted].map((id) => entries.get(id)).filter((e) => e !== undefined && e.opened > 0 && !e.gone)
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
          const e = entries.get(answer.channelId)
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
          publish(e)
        }
        retryLater(Math.max(failure.retryAfterMs ?? 0, backoff(resumeTries++, { random })))
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
    if (e.aside) void refreshAside(e)
    if (lacks(e)) {
      e.tries++
      if (e.tries >= MAX_GAP_TRIES) e.main = { ...e.main, waiting: [] }
    }
    watchGap(e)
    publish(e)
  }

  /** Answers in how many ms to ask again; 0: never. */
  const refused = (e: Entry, answer: { code?: string | undefined; retryAfterMs?: number | undefined }): number => {
    const code = isErrorCode(answer.code) ? answer.code : "INTERNAL"
    if (code !== "UNKNOWN_CHANNEL" && code !== "FORBIDDEN") {
      e.error = new AppError(code, "The channel did not load.")
      wanted.add(e.channelId)
      publish(e)
      return Math.max(answer.retryAfterMs ?? 0, backoff(resumeTries++, { base: 1000, random }), 1)
    }
    drop(e)
    return 0
  }

  const drop = (e: Entry) => {
    e.gone = true
    e.main = emptyView(e.channelId)
    e.aside = null
    wanted.delete(e.channelId)
    publish(e)
  }

  /** A page that the view may take, and the packets to merge into it. */
  const fetchPage = async (e: Entry, cursor: PageCursor, viewOf: () => ChannelView | null, limit = PAGE) => {
    for (let tries = 0; ; tries++) {
      const { start, stop } = record(e)
      try {
        const { users, page } = await deps.page({ channelId: e.channelId, ...cursor, limit })
        deps.onUsers(users)
        // What a resume brings does not cover rows that it was not asked for, so it goes first.
        while (resume?.asked.has(e.channelId)) await resume.done
        const view = viewOf()
        const since = e.since.slice(start)
        if (!view || pageCovers(view, page, since)) return { page, since }
        if (tries >= PAGE_TRIES) throw new Error("the channel changes faster than its pages arrive")
      } finally {
        stop()
      }
    }
  }

  const failed = (e: Entry, error: unknown) => {
    const failure = deps.toError(error)
    if (failure.code === "UNKNOWN_CHANNEL") drop(e)
    e.error = failure
  }

  const load = async (e: Entry, which: "older" | "newer") => {
    const slot = e.aside ? "aside" : "main"
    const before = e[slot]
    if (!before?.span || e[which] === "loading" || e.refreshing) return
    if (which === "older" ? before.span.from <= 1 : before.live) return
    e[which] = "loading"
    publish(e)
    const cursor = which === "older" ? { before: before.span.from } : { after: before.span.to }
    const current = () => (slot === "aside" ? e.aside : e.main)
    try {
      const { page, since } = await fetchPage(e, cursor, current)
      const view = current()
      e[which] = "idle"
      if (view?.span) {
        const touches =
          which === "older"
            ? cursor.before !== undefined && view.span.from <= cursor.before
            : view.span.to >= (cursor.after ?? 0)
        if (touches) e[slot] = mergePage(view, page, since)
        if (e.aside?.live) {
          e.main = e.aside
          e.aside = null
          want(e.channelId)
        }
      }
    } catch (error) {
      e[which] = "failed"
      failed(e, error)
    }
    watchGap(e)
    publish(e)
  }

  const openAround = async (e: Entry, seq: number) => {
    const inside = (v: ChannelView | null) => v?.span && seq >= v.span.from && seq <= v.span.to
    if (inside(e.main)) {
      e.aside = null
      return publish(e)
    }
    if (inside(e.aside)) return
    e.around = "loading"
    publish(e)
    try {
      const { page, since } = await fetchPage(e, { around: seq }, () => null)
      const first = page.messages[0]
      const last = page.messages.at(-1)
      e.around = "idle"
      if (first && last) {
        const { span } = e.main
        const touchesMain = span && first.seq <= span.to + 1 && last.seq >= span.from - 1
        if (touchesMain && pageCovers(e.main, page, since)) {
          e.main = mergePage(e.main, page, since)
          e.aside = null
        } else {
          const view = mergePage(emptyView(e.channelId), page, since)
          if (view.live) {
            e.main = view
            e.aside = null
            want(e.channelId)
          } else e.aside = view
        }
      }
    } catch (error) {
      e.around = "failed"
      failed(e, error)
    }
    publish(e)
  }

  /** Reads the same rows of a view in the past anew: it has no resume of its own. */
  const refreshAside = async (e: Entry) => {
    if (e.refreshing) return
    e.refreshing = true
    try {
      for (let tries = 0; tries < PAGE_TRIES && e.aside?.span; tries++) {
        const old: ChannelView = e.aside
        const fresh = await readAgain(e, old)
        if (e.aside !== old && e.aside?.span?.from !== old.span?.from) continue
        if (!fresh.span || !e.aside) return
        if (fresh.live) {
          e.main = fresh
          e.aside = null
          want(e.channelId)
        } else e.aside = fresh
        return
      }
    } catch (error) {
      e.error = deps.toError(error)
    } finally {
      e.refreshing = false
      publish(e)
    }
  }

  const readAgain = async (e: Entry, old: ChannelView): Promise<ChannelView> => {
    let fresh: ChannelView = emptyView(e.channelId)
    if (!old.span) return fresh
    for (let pages = 0; pages < MAX_REFRESH_PAGES; pages++) {
      const after: number = fresh.span ? fresh.span.to : old.span.from - 1
      const { page, since } = await fetchPage(e, { after }, () => fresh, PAGE_LIMIT)
      fresh = mergePage(fresh, page, since)
      if (!fresh.span || fresh.live || fresh.span.to >= old.span.to) break
    }
    return fresh
  }

  /** Without a connection history can be read all the same; the next resume brings the rest. */
  const openWithoutGateway = async (e: Entry) => {
    if (online || e.main.span || e.opened === 0 || e.gone) return
    try {
      const { page, since } = await fetchPage(e, {}, () => e.main)
      if (!e.main.span) e.main = mergePage(e.main, page, since)
    } catch (error) {
      failed(e, error)
    }
    publish(e)
  }

  const watchAside = (e: Entry) => {
    if (!e.aside || e.aside.waiting.length === 0 || e.asideTimer !== undefined) return
    e.asideTimer = setTimeout(() => {
      e.asideTimer = undefined
      if (e.aside && e.aside.waiting.length > 0) void refreshAside(e)
    }, gapMs)
  }

  const withOpen = (channelId: Snowflake, act: (e: Entry) => void) => {
    const e = entries.get(channelId)
    if (e && !e.gone) act(e)
  }

  return {
    /** Opens a channel for as long as the returned function is not called. What is cached shows at once. */
    open: (channelId: Snowflake) => {
      const e = entryOf(channelId)
      e.opened++
      e.usedAt = ++clock
      clearTimeout(e.closeTimer)
      const fresh = e.closeTimer === undefined
      e.closeTimer = undefined
      if (e.gone) e.gone = false
      if (e.opened === 1 && fresh) want(channelId)
      if (!e.main.span) setTimeout(() => void openWithoutGateway(e), ALONE_AFTER_MS)
      publish(e)
      let closed = false
      return () => {
        if (closed) return
        closed = true
        e.opened--
        if (e.opened > 0) return
        e.closeTimer = setTimeout(() => {
          e.closeTimer = undefined
          if (e.opened > 0) return
          e.aside = null
          e.anchor = null
          e.main = trimView(e.main)
          deps.request("channel:close", { channelId }).catch(() => {
            // Without a connection nothing is open any more.
          })
          deps.onClosed?.(channelId)
          forgetOldest()
          publish(e)
        }, CLOSE_AFTER_MS)
      }
    },
    state: (channelId: Snowflake): ChannelState => entryOf(channelId).state,
    subscribe: (channelId: Snowflake, listener: () => void) => entryOf(channelId).signal.subscribe(listener),

    loadOlder: (channelId: Snowflake) => withOpen(channelId, (e) => void load(e, "older")),
    loadNewer: (channelId: Snowflake) => withOpen(channelId, (e) => void load(e, "newer")),
    openAround: (channelId: Snowflake, seq: number) => withOpen(channelId, (e) => void openAround(e, seq)),
    toPresent: (channelId: Snowflake) =>
      withOpen(channelId, (e) => {
        e.aside = null
        e.around = "idle"
        if (!e.main.live) want(channelId)
        publish(e)
      }),
    /** Tries again what did not load. */
    retry: (channelId: Snowflake) =>
      withOpen(channelId, () => {
        clearTimeout(resumeTimer)
        resumeTimer = undefined
        want(channelId)
      }),
    /** Which message is at the top of the screen; null at the bottom of the present. */
    setAnchor: (channelId: Snowflake, seq: number | null) => withOpen(channelId, (e) => void (e.anchor = seq)),

    packets: (packets: EventPayload<"channel:changed">) => {
      const touched = new Set<Entry>()
      for (const packet of packets) {
        const e = entries.get(packet.channelId)
        if (!e || e.gone) continue
        if (e.recording > 0) e.since.push(packet)
        e.main = applyPacket(e.main, packet)
        if (e.aside) e.aside = applyPacket(e.aside, packet)
        touched.add(e)
      }
      for (const e of touched) {
        watchGap(e)
        watchAside(e)
        publish(e)
      }
    },
    heads: ({ heads }: EventPayload<"channel:heads">) => {
      for (const { channelId, head, marks } of heads)
        withOpen(channelId, (e) => {
          e.main = head > e.main.head ? { ...e.main, head } : e.main
          if (e.opened > 0 && isBehind(e.main, head, marks)) want(channelId)
          publish(e)
        })
    },
    resumed: (part: EventPayload<"channel:resumed">) => {
      const { channelId, reset, messages, changed, marks, head } = part
      const changes = { reset, messages, changed, marks, head }
      if (!resume?.asked.has(channelId)) return
      const parts = resume.parts.get(channelId)
      if (parts) parts.push(changes)
      else resume.parts.set(channelId, [changes])
    },
    /** Our own message is in the log: if its packet does not come, a resume brings it. */
    appended: (channelId: Snowflake, { seq }: Pick<Appended, "seq">) =>
      withOpen(channelId, (e) => {
        if (seq > e.main.head) e.main = { ...e.main, head: seq }
        watchGap(e)
        publish(e)
      }),
    /** The answer to our own edit, delete or reaction: shown at once. It never moves a mark. */
    changed: (message: Message) =>
      withOpen(message.channelId, (e) => {
        const put = (v: ChannelView): ChannelView => {
          const i = v.span ? message.seq - v.span.from : -1
          const held = v.messages[i]
          if (!held || held.mver >= message.mver) return v
          const messages = v.messages.slice()
          messages[i] = message
          return { ...v, messages }
        }
        e.main = put(e.main)
        if (e.aside) e.aside = put(e.aside)
        publish(e)
      }),

    /** A connection is ready: all open channels are resumed by one request. */
    online: () => {
      online = true
      resume = null
      resumeTries = 0
      clearTimeout(resumeTimer)
      resumeTimer = undefined
      for (const e of entries.values()) {
        e.tries = 0
        if (e.opened > 0) wanted.add(e.channelId)
      }
      flush()
    },
    offline: () => {
      online = false
      resume = null
      clearTimeout(resumeTimer)
      resumeTimer = undefined
    },
    /** Channels that one may see now; all others are gone. */
    keepOnly: (channelIds: ReadonlySet<Snowflake>) => {
      for (const e of entries.values()) {
        if (!channelIds.has(e.channelId)) drop(e)
        else if (e.gone) {
          e.gone = false
          if (e.opened > 0) want(e.channelId)
          publish(e)
        }
      }
    },
  }
}

export type History = ReturnType<typeof createHistory>
