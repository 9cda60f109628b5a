import type { Snowflake } from "@hearth/core"
import { createSignal } from "../gateway/emitter.ts"

export interface Draft {
  text: string
  /** The `seq` of the message that is answered. */
  replyTo: number | null
  /** A message of one's own that is being edited; what was written before waits. */
  editing: { seq: number; version: number; text: string } | null
}

const EMPTY: Draft = { text: "", replyTo: null, editing: null }

/** What is written and not sent, a channel each. Text survives in localStorage; an edit does not. */
export const createDrafts = (
  userId: Snowflake,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null = browserStorage(),
) => {
  const changed = createSignal()
  const drafts = new Map<Snowflake, Draft>()
  const keyOf = (channelId: Snowflake) => `hearth:draft:${userId}:${channelId}`

  const get = (channelId: Snowflake): Draft => {
    const known = drafts.get(channelId)
    if (known) return known
    const text = storage?.getItem(keyOf(channelId)) ?? ""
    const draft = text === "" ? EMPTY : { ...EMPTY, text }
    drafts.set(channelId, draft)
    return draft
  }

  const keep = (channelId: Snowflake) => {
    const { text } = get(channelId)
    try {
      if (text === "") storage?.removeItem(keyOf(channelId))
      else storage?.setItem(keyOf(channelId), text)
    } catch {
      // A full or forbidden storage: the draft lives as long as the page.
    }
  }

  const set = (channelId: Snowflake, change: Partial<Draft>) => {
    drafts.set(channelId, { ...get(channelId), ...change })
    keep(channelId)
    changed.notify()
  }

  /** Empties the field. The text stays in the storage until the answer is called: a page that ends in between loses nothing. */
  const handOver = (channelId: Snowflake): (() => void) => {
    drafts.set(channelId, { ...get(channelId), text: "", replyTo: null })
    changed.notify()
    return () => keep(channelId)
  }

  return { get, set, handOver, subscribe: changed.subscribe }
}
export type Drafts = ReturnType<typeof createDrafts>

function browserStorage(): Storage | null {
  try {
    return typeof localStorage === "undefined" ? null : localStorage
  } catch {
    return null
  }
}
