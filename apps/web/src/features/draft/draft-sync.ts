import {
  type AppError,
  codePoints,
  type Draft,
  errorCodes,
  type Listed,
  MAX_CONTENT_POINTS,
  PAGE_LIMIT,
  type SavedDraft,
  type Snowflake,
} from "@hearth/core"
import { backoff } from "../gateway/backoff.ts"
import type { GatewayClient } from "../gateway/gateway-client.ts"
import type { Drafts } from "../message/drafts.ts"
import { type NameOf, toNamed, toWire } from "../message/names.ts"
import { createAgreed, isNothing, NOTHING, same, type Written } from "./agreed.ts"

export interface DraftSyncDeps {
  userId: Snowflake
  drafts: Drafts
  client: Pick<GatewayClient, "snapshot" | "subscribe" | "connection" | "onOnline">
  api: {
    save(input: { channelId: Snowflake; version: number } & Written): Promise<SavedDraft>
    get(input: { channelId: Snowflake }): Promise<Draft | null>
    list(input: { cursor?: string; limit: number }): Promise<Listed<Draft>>
  }
  nameOf: NameOf
  /** Makes the names of these people known, if it can. */
  learn(userIds: Snowflake[]): Promise<unknown>
  toError(error: unknown): AppError
  storage?: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null
  random?: () => number
}

/** After the last letter; and while somebody never stops. */
export const SETTLE_MS = 1_000
const MOST_MS = 10_000
/** Of more, all are asked for at once. */
const ONE_BY_ONE = 3

/**
 * Keeps the drafts of this device and of the account the same (SPEC 7.7): what both agreed on last lies beside the text, so
 * that it is known who changed what. One request at a time; what fails waits for the connection.
 */
export const createDraftSync = (deps: DraftSyncDeps) => {
  const { drafts, client, api } = deps
  const agreed = createAgreed(deps.userId, deps.storage)
  const seen = new Map<Snowflake, unknown>()
  const timers = new Map<Snowflake, { timer: ReturnType<typeof setTimeout>; since: number }>()
  const ask = new Set<Snowflake>()
  const due = new Set<Snowflake>()
  /** What the server does not take: it waits until it is another text. */
  const refused = new Map<Snowflake, Written>()
  let offs: (() => void)[] = []
  let retry: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let busy = false

  const mine = (channelId: Snowflake): Written => {
    const draft = drafts.get(channelId)
    const content = toWire(draft)
    return { content: content.trim() === "" ? "" : content, replyTo: draft.replyTo }
  }
  const isDirty = (channelId: Snowflake) => !same(mine(channelId), agreed.get(channelId) ?? NOTHING)
  /** Of which the server says that they are not there: not asked for again on this connection. */
  const gone = new Set<Snowflake>()
  /** Channels, and the threads in which something was written, here or elsewhere: no snapshot lists those. */
  const channelIds = (): Snowflake[] => {
    const { guilds = [], drafts: told } = client.snapshot() ?? {}
    const channels = guilds.flatMap((g) => g.channels.map((c) => c.id))
    const all = new Set([...channels, ...Object.keys(told ?? {}), ...drafts.all().keys()])
    return [...all].filter((id) => !gone.has(id))
  }

  /** Makes this device's draft what stands on the account. */
  const takeOver = (channelId: Snowflake, theirs: Draft | null) => {
    const named = theirs ? toNamed(theirs.content, deps.nameOf) : { text: "", names: [] }
    const replyTo = theirs?.replyTo ?? null
    agreed.set(channelId, theirs && { version: theirs.version, content: toWire(named), replyTo })
    drafts.set(channelId, { ...named, replyTo, other: undefined, wanted: undefined })
  }

  const settle = async (channelId: Snowflake, theirs: Draft | null) => {
    const people = [...(theirs?.content ?? "").matchAll(/<@([1-9][0-9]{0,18})>/g)].map(([, id = ""]) => id)
    const unknown = [...new Set(people)].filter((id) => deps.nameOf("@", id) === undefined).slice(0, PAGE_LIMIT)
    if (unknown.length > 0)
      await deps.learn(unknown).catch(() => {
        // Then their ids stand in the field, and are sent as what they are.
      })
    // Looked at now: somebody may have typed meanwhile.
    const here = mine(channelId)
    const { sent, ...before } = agreed.get(channelId) ?? { ...NOTHING, sent: undefined }
    const there = theirs ?? NOTHING
    const isOurs = same(there, before) || (sent !== undefined && same(there, sent))
    const untouched = same(here, before)
    const { version, content, replyTo } = there
    const stands = theirs && { version, content, replyTo }
    if (same(here, there)) {
      agreed.set(channelId, stands)
      if (drafts.get(channelId).other) drafts.set(channelId, { other: undefined })
    } else if (isOurs || (!theirs && !untouched)) {
      agreed.set(channelId, stands)
      if (drafts.get(channelId).other) drafts.set(channelId, { other: undefined })
      due.add(channelId)
    } else if (untouched || isNothing(here)) takeOver(channelId, theirs)
    else drafts.set(channelId, { other: { ...toNamed(content, deps.nameOf), replyTo, version } })
  }

  /** Whether another version stands on the account than this device has seen. */
  const isNews = (channelId: Snowflake) => {
    const known = drafts.get(channelId).other?.version ?? agreed.get(channelId)?.version ?? 0
    return known !== (client.snapshot()?.drafts?.[channelId] ?? 0)
  }

  const lookUp = async () => {
    // What was told of while it was saved from here is no news any more.
    for (const channelId of ask) if (!isNews(channelId)) ask.delete(channelId)
    const asked = [...ask]
    if (asked.length > ONE_BY_ONE) {
      const all = new Map<Snowflake, Draft>()
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page: Listed<Draft> = await api.list({ limit: PAGE_LIMIT, ...(cursor && { cursor }) })
        for (const draft of page.items) all.set(draft.channelId, draft)
        cursor = page.next
      }
      for (const channelId of asked) {
        ask.delete(channelId)
        await settle(channelId, all.get(channelId) ?? null)
      }
      return
    }
    for (const channelId of asked) {
      const draft = await api.get({ channelId }).catch((error: unknown) => {
        if (errorCodes[deps.toError(error).code].retry) throw error
        gone.add(channelId)
        return undefined
      })
      ask.delete(channelId)
      if (draft !== undefined) await settle(channelId, draft)
    }
  }

  const save = async (channelId: Snowflake) => {
    const written = mine(channelId)
    const before = agreed.get(channelId) ?? { ...NOTHING }
    const no = refused.get(channelId)
    if (drafts.get(channelId).other || same(written, before) || (no && same(written, no))) return
    // Longer than a message may be: it stays here, until it is shorter.
    if (codePoints(written.content) > MAX_CONTENT_POINTS) return
    try {
      // Of the one before no answer came: what stands there now may be one's own.
      if (before.sent) return await settle(channelId, await api.get({ channelId }))
      // Without an answer it may stand there all the same: then it is no other device's.
      agreed.set(channelId, { ...before, sent: written })
      const { version, current } = await api.save({ channelId, version: before.version, ...written })
      if (current) return await settle(channelId, current)
      agreed.set(channelId, version === 0 ? null : { version, ...written })
      // It may be as it was before, or sent by now: then nobody types, and nothing else would tell of it.
      if (!timers.has(channelId) && !same(mine(channelId), written)) due.add(channelId)
    } catch (error) {
      if (errorCodes[deps.toError(error).code].retry) {
        due.add(channelId)
        throw error
      }
      refused.set(channelId, written)
    }
  }

  const pump = async () => {
    if (busy || offs.length === 0) return
    busy = true
    clearTimeout(retry)
    try {
      while (offs.length > 0 && client.connection().status === "online") {
        const [next] = due
        if (ask.size > 0) await lookUp()
        else if (next === undefined) break
        else {
          due.delete(next)
          await save(next)
        }
      }
      failures = 0
    } catch (error) {
      const wait = Math.max(
        deps.toError(error).retryAfterMs ?? 0,
        backoff(failures++, { base: 2_000, random: deps.random ?? Math.random }),
      )
      retry = setTimeout(() => void pump(), wait)
    } finally {
      busy = false
    }
  }

  const ripe = (channelId: Snowflake) => {
    clearTimeout(timers.get(channelId)?.timer)
    timers.delete(channelId)
    due.add(channelId)
    void pump()
  }

  const schedule = (channelId: Snowflake) => {
    const held = timers.get(channelId)
    clearTimeout(held?.timer)
    const since = held?.since ?? Date.now()
    const wait = Math.max(0, Math.min(SETTLE_MS, since + MOST_MS - Date.now()))
    timers.set(channelId, { since, timer: setTimeout(() => ripe(channelId), wait) })
  }

  const onTyped = () => {
    for (const [channelId, draft] of drafts.all()) {
      if (seen.get(channelId) === draft) continue
      seen.set(channelId, draft)
      if (isDirty(channelId)) schedule(channelId)
    }
  }

  let told: unknown = null
  const onTold = () => {
    const news = client.snapshot()?.drafts
    if (news === told) return
    told = news
    for (const channelId of channelIds()) if (isNews(channelId)) ask.add(channelId)
    void pump()
  }

  const onOnline = () => {
    gone.clear()
    told = null
    onTold()
    for (const channelId of channelIds()) if (isDirty(channelId)) due.add(channelId)
    void pump()
  }

  /** The last moment that a phone gives. */
  const onHidden = () => {
    if (document.visibilityState === "hidden") for (const channelId of timers.keys()) ripe(channelId)
  }

  return {
    start: () => {
      if (offs.length > 0) return
      offs = [drafts.subscribe(onTyped), client.subscribe(onTold)]
      if (typeof document !== "undefined") {
        document.addEventListener("visibilitychange", onHidden)
        offs.push(() => document.removeEventListener("visibilitychange", onHidden))
      }
      for (const channelId of channelIds()) drafts.get(channelId)
      onTyped()
      onTold()
      offs.push(client.onOnline(onOnline))
    },
    stop: () => {
      for (const off of offs) off()
      offs = []
      clearTimeout(retry)
      for (const { timer } of timers.values()) clearTimeout(timer)
      timers.clear()
    },
    /** Both were changed, and the writer says what becomes of the other one. */
    resolve: (channelId: Snowflake, how: "use" | "below" | "discard") => {
      const { other, text, names, replyTo } = drafts.get(channelId)
      if (!other) return
      const { version, ...theirs } = other
      agreed.set(channelId, { version, content: toWire(theirs), replyTo: theirs.replyTo })
      const by = text === "" ? 0 : text.length + 1
      drafts.set(channelId, {
        other: undefined,
        ...(how === "use" && theirs),
        ...(how === "below" && {
          text: text === "" ? theirs.text : `${text}\n${theirs.text}`,
          names: [...names, ...theirs.names.map((n) => (n.at < 0 ? n : { ...n, at: n.at + by }))],
          replyTo: replyTo ?? theirs.replyTo,
        }),
      })
      due.add(channelId)
      void pump()
    },
  }
}
export type DraftSync = ReturnType<typeof createDraftSync>
