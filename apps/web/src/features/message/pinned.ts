import type { EventPayload, Snowflake } from "@hearth/core"

export interface PinnedDeps {
  seqs(input: { channelId: Snowflake }): Promise<{ seqs: number[] }>
}

interface Entry {
  seqs: ReadonlySet<number>
  asked: boolean
  /** What was heard while the newest answer was under way: it may be older. Null when none is. */
  since: { seq: number; on: boolean }[] | null
  listeners: Set<() => void>
}

/** Which messages of a channel are pinned: asked when it is opened, and kept true by what is heard. */
export const createPinned = (deps: PinnedDeps) => {
  const entries = new Map<Snowflake, Entry>()
  const entryOf = (channelId: Snowflake): Entry => {
    const e = entries.get(channelId) ?? { seqs: new Set(), asked: false, since: null, listeners: new Set() }
    entries.set(channelId, e)
    return e
  }
  const set = (e: Entry, seqs: ReadonlySet<number>) => {
    e.seqs = seqs
    for (const listener of e.listeners) listener()
  }
  const having = (seqs: ReadonlySet<number>, { seq, on }: { seq: number; on: boolean }) => {
    const next = new Set(seqs)
    if (on) next.add(seq)
    else next.delete(seq)
    return next
  }
  const ask = async (channelId: Snowflake, e: Entry) => {
    if (e.asked) return
    e.asked = true
    const since: NonNullable<Entry["since"]> = []
    e.since = since
    try {
      const { seqs } = await deps.seqs({ channelId })
      if (e.since !== since) return
      set(e, since.reduce<ReadonlySet<number>>(having, new Set(seqs)))
    } catch {
      if (e.since !== since) return
      // Asked again on the next connection, or when the channel is next opened.
      e.asked = false
    }
    e.since = null
  }
  const heard = (channelId: Snowflake, change: { seq: number; on: boolean }) => {
    const e = entries.get(channelId)
    if (!e) return
    e.since?.push(change)
    set(e, having(e.seqs, change))
  }
  return {
    of: (channelId: Snowflake): ReadonlySet<number> => entryOf(channelId).seqs,
    watch: (channelId: Snowflake, listener: () => void) => {
      const e = entryOf(channelId)
      e.listeners.add(listener)
      void ask(channelId, e)
      return () => {
        e.listeners.delete(listener)
      }
    },
    added: ({ channelId, seq }: EventPayload<"pin:added">) => heard(channelId, { seq, on: true }),
    removed: ({ channelId, seq }: EventPayload<"pin:removed">) => heard(channelId, { seq, on: false }),
    /** A new connection: what was told since is on its way, unless it begins anew. */
    ready: ({ reset }: EventPayload<"gateway:ready">) => {
      for (const [channelId, e] of entries) {
        if (reset) e.asked = false
        if (e.listeners.size > 0) void ask(channelId, e)
      }
    },
  }
}
export type Pinned = ReturnType<typeof createPinned>
