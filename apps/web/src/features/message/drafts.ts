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

  const set = (channelId: Snowflake, change: Partial<Draft>) => {
    const next = { ...get(channelId), ...change }
    drafts.set(channelId, next)
    try {
      if (next.text === "") storage?.removeItem(keyOf(channelId))
      else storage?.setItem(keyOf(channelId), next.text)
    } catch {
      // A full or forbidden storage: the draft lives as long as the page.
    }
    changed.notify()
  }

  return { get, set, subscribe: changed.subscribe }
}
export type Drafts = ReturnType<typeof createDrafts>

function browserStorage(): Storage | null {
  try {
    return typeof localStorage === "undefined" ? null : localStorage
  } catch {
    return null
  }
}
