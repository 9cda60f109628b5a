import {
  type AppError,
  type EventPayload,
  type Message,
  type OwnReactions,
  type Snowflake,
  takenBack,
} from "@hearth/core"
import type { GatewayClient } from "../gateway/gateway-client.ts"

const SETTLE_MS = 20
const BATCH = 100
const KEPT = 1000
/** A message's count is one for all; whose it is must not be known to draw it. */
export interface Shown {
  reactions: Message["reactions"]
  mine: ReadonlySet<string>
}

interface Entry {
  /** By emoji: whether it is one's own, and the `mver` at which it was. */
  known: Map<string, { on: boolean; mver: number }>
  /** What was pressed and not answered, and what the message counts meanwhile. */
  pending: Map<string, { on: boolean; count: number }>
  /** What is to be sent until it is what is answered, by lane. */
  wanted: Map<string, { emoji: string; on: boolean }>
  listeners: Set<() => void>
  asked: boolean
  version: number
  /** What was answered for a copy of the message: two of them may be drawn at once, and each keeps its answer. */
  held: WeakMap<Message, { version: number; shown: Shown }>
}

export interface OwnReactionsDeps {
  request: GatewayClient["request"]
  mine(input: { channelId: Snowflake; seqs: number[] }): Promise<{ mine: OwnReactions[] }>
  onMessage(message: Message): void
  toError(error: unknown): AppError
}

/**
 * Which reactions are the reader's own. Asked for in batches, of those that are on a screen; kept true by `me:reacted`, whatever
 * comes first: by `mver`. What is pressed shows at once, and as it was when it fails.
 */
export const createOwnReactions = (deps: OwnReactionsDeps) => {
  const entries = new Map<string, Entry>()
  const wanted = new Map<Snowflake, Set<number>>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const keyOf = (channelId: Snowflake, seq: number) => `${channelId}/${seq}`

  const entryOf = (key: string): Entry => {
    const held = entries.get(key)
    if (held) return held
    if (entries.size >= KEPT)
      for (const [old, e] of entries) if (e.listeners.size === 0 && e.pending.size === 0) entries.delete(old)
    const fresh: Entry = {
      known: new Map(),
      pending: new Map(),
      wanted: new Map(),
      listeners: new Set(),
      asked: false,
      version: 0,
      held: new WeakMap(),
    }
    entries.set(key, fresh)
    return fresh
  }
  const changed = (e: Entry) => {
    e.version++
    for (const listener of e.listeners) listener()
  }
  const learn = (e: Entry, emoji: string, on: boolean, mver: number) => {
    if ((e.known.get(emoji)?.mver ?? 0) > mver) return
    e.known.set(emoji, { on, mver })
  }

  type Told = Pick<EventPayload<"me:reacted">, "emoji" | "on" | "off" | "mver">
  const learnAll = (e: Entry, { emoji, on, off = [], mver }: Told) => {
    learn(e, emoji, on, mver)
    for (const other of off) learn(e, other, false, mver)
  }

  const flush = () => {
    timer = undefined
    for (const [channelId, all] of wanted) {
      const seqs = [...all]
      for (let i = 0; i < seqs.length; i += BATCH) void ask(channelId, seqs.slice(i, i + BATCH))
    }
    wanted.clear()
  }
  const ask = async (channelId: Snowflake, seqs: number[]) => {
    try {
      const { mine } = await deps.mine({ channelId, seqs })
      for (const { seq, mver, emojis } of mine) {
        const e = entryOf(keyOf(channelId, seq))
        for (const [emoji, { mver: at }] of e.known) if (at <= mver) e.known.delete(emoji)
        for (const emoji of emojis) learn(e, emoji, true, mver)
        changed(e)
      }
    } catch {
      // Asked again when it is next drawn, or on the next connection.
      for (const seq of seqs) entryOf(keyOf(channelId, seq)).asked = false
    }
  }
  const want = (channelId: Snowflake, seq: number, e: Entry) => {
    if (e.asked) return
    e.asked = true
    const seqs = wanted.get(channelId) ?? new Set()
    wanted.set(channelId, seqs.add(seq))
    timer ??= setTimeout(flush, SETTLE_MS)
  }

  /**
   * What is wanted now, until it is what is answered: presses that came meanwhile are one more request. Emoji are a lane each;
   * the options of which one chooses one are one lane together, or an earlier vote could arrive last and take the later one back.
   */
  const send = async (message: Message, lane: string, e: Entry, onFailed: (error: AppError) => void) => {
    const { channelId, seq, content } = message
    for (let next = e.wanted.get(lane); next; ) {
      const { emoji, on } = next
      const others = takenBack(content, emoji)
      try {
        const { message: now } = await deps.request("message:react", { channelId, seq, emoji, on })
        learnAll(e, { emoji, on, off: on ? others : [], mver: now.mver })
        deps.onMessage(now)
        next = e.wanted.get(lane)
        if (next && (next.emoji !== emoji || next.on !== on)) continue
      } catch (error) {
        const failure = deps.toError(error)
        // Perhaps it happened all the same.
        e.asked = false
        want(channelId, seq, e)
        onFailed(failure)
      }
      e.wanted.delete(lane)
      for (const one of [emoji, ...others]) e.pending.delete(one)
      return changed(e)
    }
  }

  const shown = (message: Message): Shown => {
    const e = entryOf(keyOf(message.channelId, message.seq))
    const held = e.held.get(message)
    if (held?.version === e.version) return held.shown
    const reactions = { ...message.reactions }
    const mine = new Set<string>()
    for (const [emoji, { on }] of e.known) if (on && reactions[emoji]) mine.add(emoji)
    for (const [emoji, { on, count }] of e.pending) {
      if (count > 0) reactions[emoji] = count
      else delete reactions[emoji]
      if (on) mine.add(emoji)
      else mine.delete(emoji)
    }
    const answer = { reactions, mine }
    e.held.set(message, { version: e.version, shown: answer })
    return answer
  }

  return {
    shown,
    /** Draws it: tells when it changes, and asks which are one's own where there are `some`. */
    watch: (channelId: Snowflake, seq: number, listener: () => void, some = true) => {
      const e = entryOf(keyOf(channelId, seq))
      e.listeners.add(listener)
      if (some) want(channelId, seq, e)
      return () => {
        e.listeners.delete(listener)
      }
    },
    /** Adds one's own, or takes it back; what is to be as it is already changes nothing. */
    toggle: (message: Message, emoji: string, onFailed: (error: AppError) => void, wish?: boolean) => {
      const e = entryOf(keyOf(message.channelId, message.seq))
      const { reactions, mine } = shown(message)
      const put = (one: string, on: boolean) =>
        e.pending.set(one, { on, count: Math.max(0, (reactions[one] ?? 0) + (on ? 1 : -1)) })
      const on = wish ?? !mine.has(emoji)
      if (mine.has(emoji) === on) return
      const others = takenBack(message.content, emoji)
      for (const other of others) if (on && mine.has(other)) put(other, false)
      put(emoji, on)
      const lane = others.length > 0 ? "" : emoji
      const idle = !e.wanted.has(lane)
      e.wanted.set(lane, { emoji, on })
      changed(e)
      if (idle) void send(message, lane, e, onFailed)
    },
    reacted: ({ channelId, seq, ...told }: EventPayload<"me:reacted">) => {
      const e = entries.get(keyOf(channelId, seq))
      if (!e) return
      learnAll(e, told)
      changed(e)
    },
    /** What was done elsewhere meanwhile was not heard. */
    online: () => {
      for (const [key, e] of entries) {
        e.asked = false
        const [channelId = "", seq] = key.split("/")
        if (e.listeners.size > 0) want(channelId, Number(seq), e)
      }
    },
  }
}
export type OwnReactionsStore = ReturnType<typeof createOwnReactions>
