import { type AppError, type ChannelView, emptyView, isBehind, type Packet, type Snowflake } from "@hearth/core"
import { createSignal, type Signal } from "../gateway/emitter.ts"

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

/** How many channels that nobody looks at stay as they are. */
const KEPT = 20

/** All that is known of one channel. */
export interface Entry {
  channelId: Snowflake
  /** Of a thread: the channel that it hangs in. It is there as long as that is. */
  parentId: Snowflake | null
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

const shown = (e: Entry): ChannelView => e.aside ?? e.main

const stateOf = (e: Entry): ChannelState => {
  const view = shown(e)
  const status = e.gone ? "gone" : view.span ? "ready" : e.error ? "failed" : "loading"
  const { error, older, newer, around } = e
  return { view, detached: e.aside !== null, status, error, older, newer, around }
}

/** Keeps what arrives from now on, for an answer that may have been read before it. */
export const record = (e: Entry) => {
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

/** Somebody looks, or did a moment ago: the gateway has not been told to close it, so it is kept up to date. */
export const isOpen = (e: Entry) => e.opened > 0 || e.closeTimer !== undefined

/** Whether something is missing between what is there and what was heard of. */
export const lacks = (e: Entry) =>
  e.main.span !== null && (e.main.waiting.length > 0 || isBehind(e.main, e.main.head, {}))

/** The channels that are, or lately were, open. */
export const createEntries = () => {
  const entries = new Map<Snowflake, Entry>()
  let clock = 0

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
      parentId: null,
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
    const closed = [...entries.values()].filter((e) => !isOpen(e)).sort((a, b) => b.usedAt - a.usedAt)
    for (const e of closed.slice(KEPT)) {
      for (const timer of [e.gapTimer, e.asideTimer, e.closeTimer]) clearTimeout(timer)
      entries.delete(e.channelId)
    }
  }

  return {
    find: (channelId: Snowflake): Entry | undefined => entries.get(channelId),
    of: entryOf,
    all: (): Iterable<Entry> => entries.values(),
    use: (e: Entry) => void (e.usedAt = ++clock),
    /** Tells those who look, if what they see has changed. */
    publish,
    forgetOldest,
  }
}
export type Entries = ReturnType<typeof createEntries>
