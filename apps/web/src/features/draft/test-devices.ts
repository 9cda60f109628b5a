import { AppError, applyEvent, type Bootstrap, type Draft } from "@hearth/core"
import { createSignal } from "../gateway/emitter.ts"
import { createDrafts } from "../message/drafts.ts"
import { createDraftSync } from "./draft-sync.ts"

export const browser = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

/** The account: what `draft.save` promises, without a database. */
export const account = () => {
  let version = 0
  const rows = new Map<string, Draft>()
  const told = createSignal()
  const events: { kind: "draft:saved" | "draft:removed"; channelId: string; version: number }[] = []
  const tell = (kind: "draft:saved" | "draft:removed", channelId: string) => {
    events.push({ kind, channelId, version })
    told.notify()
  }
  const save = (input: { channelId: string; version: number; content: string; replyTo: number | null }) => {
    const { channelId, content, replyTo } = input
    const row = rows.get(channelId)
    if (row && row.content === content && row.replyTo === replyTo) return { version: row.version }
    if (row && row.version !== input.version) return { version: row.version, current: row }
    version++
    if (content === "" && replyTo === null) {
      if (rows.delete(channelId)) tell("draft:removed", channelId)
      return { version: 0 }
    }
    rows.set(channelId, { channelId, version, content, replyTo, updatedAt: 0 })
    tell("draft:saved", channelId)
    return { version }
  }
  /** Channels of which nothing is told. */
  const refuses = new Set<string>()
  return { rows, events, told, save, refuses, says: (channelId = "10") => rows.get(channelId)?.content }
}
type Account = ReturnType<typeof account>

const channel = (id: string) => ({ id, guildId: "1", name: id, topic: "", position: 0, overwrites: [] })
const place: Bootstrap = {
  pos: "0",
  instance: { name: "Hearth", version: "0" },
  me: { id: "7", displayName: "Ada", email: "", isInstanceAdmin: false },
  guilds: [
    {
      guild: { id: "1", name: "Home", ownerId: "7" },
      roles: [],
      myRoleIds: [],
      channels: ["10", "11", "12", "13", "14"].map(channel),
    },
  ],
  readStates: [],
  heads: {},
}

export const device = (here: Account, store = browser()) => {
  const drafts = createDrafts("7", store)
  const changed = createSignal()
  const onlines = new Set<() => void>()
  const people = new Map([["8", "Maja"]])
  const calls: string[] = []
  let heard = 0
  let snapshot = place
  let online = true
  /** Answers wait for this. */
  let gate: Promise<void> | null = null
  let lost = 0
  let deaf = false
  const listen = () => {
    if (!online || deaf) return
    for (const { kind, ...payload } of here.events.slice(heard)) snapshot = applyEvent(snapshot, kind, payload)
    heard = here.events.length
    changed.notify()
  }
  // As a snapshot that is fetched now.
  listen()
  here.told.subscribe(listen)
  const request = async <T>(name: string, work: () => T): Promise<T> => {
    calls.push(name)
    if (!online) throw new AppError("UNAVAILABLE", "away")
    const answer = work()
    await gate
    if (lost > 0) {
      lost--
      throw new AppError("UNAVAILABLE", "no answer")
    }
    return answer
  }
  const sync = createDraftSync({
    userId: "7",
    drafts,
    client: {
      snapshot: () => snapshot,
      subscribe: changed.subscribe,
      connection: () => ({ status: online ? "online" : "offline", since: 0, retryAt: null }),
      onOnline: (listener) => {
        onlines.add(listener)
        if (online) listener()
        return () => void onlines.delete(listener)
      },
    },
    api: {
      save: (input) => request(`save ${input.content}`, () => here.save(input)),
      get: ({ channelId }) =>
        request(`get ${channelId}`, () => {
          if (here.refuses.has(channelId)) throw new AppError("UNKNOWN_CHANNEL", "There is no such channel.")
          return here.rows.get(channelId) ?? null
        }),
      list: () => request("list", () => ({ items: [...here.rows.values()], next: null })),
    },
    nameOf: (sign, id) => (sign === "@" ? people.get(id) : undefined),
    learn: async (ids) => void ids.forEach((id) => people.set(id, `Person ${id}`)),
    toError: (error) => error as AppError,
    storage: store,
    random: () => 0,
  })
  sync.start()
  return {
    drafts,
    sync,
    store,
    calls,
    type: (text: string, channelId = "10") => drafts.type(channelId, text),
    text: (channelId = "10") => drafts.get(channelId).text,
    other: () => drafts.get("10").other?.text,
    goesAway: () => {
      online = false
    },
    comesBack: () => {
      online = true
      listen()
      for (const listener of onlines) listener()
    },
    holdsAnswers: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return () => {
        gate = null
        resolve()
      }
    },
    losesAnAnswer: () => void lost++,
    /** Events are late: a connection that comes back tells that it is there before it tells what was missed. */
    hearsLate: () => {
      deaf = true
      return () => {
        deaf = false
        listen()
      }
    },
    connectsAnew: () => {
      for (const listener of onlines) listener()
    },
  }
}
