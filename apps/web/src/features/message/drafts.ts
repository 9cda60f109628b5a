import type { Snowflake } from "@hearth/core"
import { createSignal } from "../gateway/emitter.ts"
import { type DraftName, moveNames, type Named, type NameOf, toNamed } from "./names.ts"

export interface Draft extends Named {
  /** The `seq` of the message that is answered. */
  replyTo: number | null
  /** A message of one's own that is being edited; what was written before waits. */
  editing: (Named & { seq: number; version: number }) | null
  /** Rises when somebody chose here, by hand, to answer or to edit: they want to type now. */
  wanted?: number | undefined
  /** What another device wrote meanwhile, until the writer says what becomes of it. */
  other?: (KeptDraft & { version: number }) | undefined
}
export interface KeptDraft extends Named {
  replyTo: number | null
}

const EMPTY: Draft = { text: "", names: [], replyTo: null, editing: null }

/** What lies in the storage: text alone as it is, so that what an older page kept is read as well. */
const pack = ({ text, names, replyTo }: KeptDraft): string =>
  names.length === 0 && replyTo === null ? text : JSON.stringify({ text, names, replyTo })
const unpack = (stored: string): Draft => {
  try {
    const { text, names, replyTo } = JSON.parse(stored) as KeptDraft
    if (typeof text === "string" && Array.isArray(names)) return { ...EMPTY, text, names, replyTo }
  } catch {
    // A text alone.
  }
  return { ...EMPTY, text: stored }
}

/** What is written and not sent, a channel each. It survives in localStorage; an edit does not. */
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
    const stored = storage?.getItem(keyOf(channelId)) ?? ""
    const draft = stored === "" ? EMPTY : unpack(stored)
    drafts.set(channelId, draft)
    return draft
  }

  const keep = (channelId: Snowflake) => {
    const packed = pack(get(channelId))
    try {
      if (packed === "") storage?.removeItem(keyOf(channelId))
      else storage?.setItem(keyOf(channelId), packed)
    } catch {
      // A full or forbidden storage: the draft lives as long as the page.
    }
  }

  const set = (channelId: Snowflake, change: Partial<Draft>) => {
    drafts.set(channelId, { ...get(channelId), ...change })
    keep(channelId)
    changed.notify()
  }

  /** The text was changed, of what is being edited or of the draft. Names follow it; `picked` are new ones. */
  const type = (channelId: Snowflake, text: string, picked: readonly DraftName[] = []) => {
    const { editing, ...draft } = get(channelId)
    const move = ({ text: before, names }: Named): Named => ({
      text,
      names: text === "" ? [] : [...moveNames(names, before, text), ...picked],
    })
    set(channelId, editing ? { editing: { ...editing, ...move(editing) } } : move(draft))
  }

  /** Empties the field. The text stays in the storage until the answer is called: a page that ends in between loses nothing. */
  const handOver = (channelId: Snowflake): (() => void) => {
    drafts.set(channelId, { ...get(channelId), text: "", names: [], replyTo: null, wanted: undefined })
    changed.notify()
    return () => keep(channelId)
  }

  /** Before what is being written by now; what is being edited goes on. */
  const putBack = (channelId: Snowflake, { text, names, replyTo }: KeptDraft) => {
    const now = get(channelId)
    const by = text.length + 1
    set(channelId, {
      text: now.text === "" ? text : `${text}\n${now.text}`,
      names: [...names, ...now.names.map((n) => (n.at < 0 ? n : { ...n, at: n.at + by }))],
      replyTo,
    })
  }

  const want = (channelId: Snowflake, change: Partial<Draft>) =>
    set(channelId, { ...change, wanted: (get(channelId).wanted ?? 0) + 1 })

  const answer = (channelId: Snowflake, seq: number) => want(channelId, { replyTo: seq, editing: null })

  const edit = (
    { channelId, seq, version, content }: { channelId: Snowflake; seq: number; version: number; content: string },
    nameOf: NameOf,
  ) => want(channelId, { editing: { seq, version, ...toNamed(content, nameOf) }, replyTo: null })

  return {
    get,
    set,
    type,
    handOver,
    putBack,
    answer,
    edit,
    /** All that were looked at. */
    all: (): ReadonlyMap<Snowflake, Draft> => drafts,
    /** Whether this browser keeps any. */
    some: () => Object.keys(storage ?? {}).some((key) => key.startsWith(keyOf(""))),
    subscribe: changed.subscribe,
  }
}
export type Drafts = ReturnType<typeof createDrafts>

export function browserStorage(): Storage | null {
  try {
    return typeof localStorage === "undefined" ? null : localStorage
  } catch {
    return null
  }
}
