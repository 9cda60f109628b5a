import { AppError, linksIn, type Preview, type Snowflake } from "@hearth/core"
import { type Database, deriveKey } from "@hearth/db"
import type { Bodies, MessageStore } from "@hearth/db/message-store"
import {
  claimLink,
  claimWant,
  forgetLink,
  type FoundLink,
  hashOfLink,
  keepLink,
  keepPicture,
  readLink,
  releaseLink,
  settleWant,
  sweepPreviews,
  touchPicture,
  type Want,
} from "@hearth/db/previews"
import type { RateLimits } from "@hearth/db/rate-limits"
import type { Feature } from "../connection.ts"
import type { Logger } from "../logger.ts"
import type { Timings } from "../timings.ts"
import type { Fetcher } from "./fetcher.ts"
import type { Found } from "./read-link.ts"

export interface PreviewDeps {
  db: Database
  store: Pick<MessageStore, "get">
  bodies: Bodies
  limits: RateLimits
  secret: string
  /** Fetches what links lead to. */
  fetcher: Fetcher
  /** Hangs cards on a message. */
  show: (channelId: Snowflake, seq: number, previews: readonly Preview[]) => Promise<unknown>
  guildOf: (channelId: Snowflake) => Snowflake | undefined
  timings: Timings
  /** The time of day, as the database has it. */
  now: () => number
  log: Logger
}

export interface PreviewsFeature extends Feature {
  /** There are links to be looked at. */
  wake(): void
}

/** So many messages are seen to at once on a node, */
const AT_ONCE = 3
/** and so many of them by one host. */
const OF_HOST = 2
const MAX_TRIES = 4
const AFTER_FAILURE_MS = 5_000
/** Who waits so long is not told any more. */
const PATIENCE_MS = 600_000
const byAuthor = { name: "preview", burst: 20, perSecond: 0.5 }
const byGuild = { name: "preview-guild", burst: 60, perSecond: 2 }

/** `inMs`: it is asked for again then. */
type Looked = { found: FoundLink | null } | { inMs: number }

/**
 * Looks at what messages link to, behind everybody's back: which messages do lies in a table, is claimed there by row, and what
 * was found is kept for all. A card comes to its message as a change of the channel's log.
 */
export const createPreviews = (deps: PreviewDeps): PreviewsFeature => {
  const { db, store, bodies, limits, secret, fetcher, show, guildOf, timings, now, log } = deps
  const key = deriveKey(secret, "link-previews")
  const underWay = new Map<string, number>()
  const lanes = new Set<Promise<void>>()
  let closed = false

  const keep = async ({ picture, text, ...rest }: Found): Promise<FoundLink> => {
    const found = { ...rest, ...(text && { text }) }
    if (!picture) return found
    const { bytes, width, height, large } = picture
    const id = await keepPicture(db, key, bytes)
    return { ...found, picture: { id, width, height, ...(large && { large }) } }
  }

  /** One whose picture is gone has none any more; one that was nothing else is not known. */
  const known = async (hash: Buffer): Promise<{ found: FoundLink | null } | null> => {
    const kept = await readLink(db, bodies, hash)
    const { picture, ...rest } = kept?.found ?? {}
    if (!picture || !kept?.found || (await touchPicture(db, picture.id))) return kept
    if (kept.found.title === "") {
      await forgetLink(db, hash)
      return null
    }
    return { found: { ...kept.found, ...rest, picture: undefined } }
  }

  /** What broke the fetcher is tried again, and then counts as nothing. */
  const ask = async (url: string, hash: Buffer, tries: number): Promise<Found | null> => {
    try {
      return await fetcher.read(url)
    } catch (error) {
      if (!closed && tries >= MAX_TRIES) return null
      await releaseLink(db, hash)
      throw error
    }
  }

  const look = async (
    url: string,
    { authorId, guildId, tries }: { authorId: Snowflake; guildId: Snowflake | undefined; tries: number },
  ): Promise<Looked> => {
    const hash = hashOfLink(key, url)
    const kept = await known(hash)
    if (kept) return kept
    const { host } = new URL(url)
    const busy = underWay.get(host) ?? 0
    if (busy >= OF_HOST || !(await claimLink(db, hash))) return { inMs: timings.previewAgain }
    underWay.set(host, busy + 1)
    try {
      const takes = [
        { limit: byAuthor, subject: authorId },
        ...(guildId === undefined ? [] : [{ limit: byGuild, subject: guildId }]),
      ]
      const taken = await limits.take(takes)
      if (!taken.ok) {
        await releaseLink(db, hash)
        return { inMs: Math.max(taken.retryAfterMs, timings.previewAgain) }
      }
      const fetched = await ask(url, hash, tries)
      const found = fetched && (await keep(fetched))
      await keepLink(db, bodies, hash, found)
      return { found }
    } finally {
      const left = (underWay.get(host) ?? 1) - 1
      if (left > 0) underWay.set(host, left)
      else underWay.delete(host)
    }
  }

  /** null: done with it. */
  const attempt = async ({ channelId, seq, tries }: Want): Promise<{ inMs: number; isWait: true } | null> => {
    const message = await store.get(channelId, seq)
    if (!message || message.deleted || message.previews?.length === 0) return null
    const links = linksIn(message.content).filter((url) => !message.previews?.some((p) => p.url === url))
    const cards: Preview[] = []
    const waits: number[] = []
    const asked = { authorId: message.authorId, guildId: guildOf(channelId), tries }
    for (const url of links) {
      const looked = await look(url, asked)
      if ("inMs" in looked) waits.push(looked.inMs)
      else if (looked.found) cards.push({ url, ...looked.found })
    }
    if (cards.length > 0) await show(channelId, seq, cards)
    return waits.length > 0 ? { inMs: Math.max(...waits), isWait: true } : null
  }

  const isGone = (error: unknown): boolean => error instanceof AppError && error.code === "UNKNOWN_CHANNEL"
  const step = async (): Promise<boolean> => {
    const want = await claimWant(db)
    if (!want) return false
    // Where one waits, others may.
    wake()
    let again: Parameters<typeof settleWant>[2]
    try {
      again = await attempt(want)
    } catch (error) {
      if (closed) return false
      const { channelId, seq, tries } = want
      const err = error instanceof Error ? error.message : error
      if (!isGone(error)) log.warn({ err, channelId, seq, tries }, "links of a message could not be looked at")
      again = isGone(error) || tries >= MAX_TRIES ? null : { inMs: AFTER_FAILURE_MS }
    }
    const isLate = now() - want.since.getTime() > PATIENCE_MS
    await settleWant(db, want, isLate ? null : again)
    return true
  }

  const lane = async (): Promise<void> => {
    try {
      while (!closed && (await step())) {}
    } catch (error) {
      log.warn({ err: error instanceof Error ? error.message : error }, "links wait to be looked at")
    }
  }
  const wake = (): void => {
    if (closed || lanes.size >= AT_ONCE) return
    const mine: Promise<void> = lane().finally(() => lanes.delete(mine))
    lanes.add(mine)
  }
  const sweep = (): void => {
    sweepPreviews(db).catch((error: unknown) =>
      log.warn({ err: error instanceof Error ? error.message : error }, "old link previews could not be swept"),
    )
  }
  const chores = [
    setInterval(wake, timings.previews),
    // Nodes that were started together need not sweep together.
    setInterval(sweep, timings.sweep * 10 * (0.8 + 0.4 * Math.random())),
  ]
  for (const timer of chores) timer.unref()

  return {
    handlers: {},
    wake,
    async close() {
      closed = true
      for (const timer of chores) clearInterval(timer)
      fetcher.close()
      await Promise.all(lanes)
    },
  }
}
