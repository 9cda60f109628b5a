import type { CatchUpItem, Listed, MentionKind, Message, Snowflake, UserCard } from "@hearth/core"
import { type Queryable, schema } from "@hearth/db"
import { loadMemberships, visibleTo } from "@hearth/db/access"
import { forgetMentions, newestAsks, unreadDeletions, unreadInThreads, unreadMentions } from "@hearth/db/mentions"
import { unreadThreads } from "@hearth/db/threads"
import type { MessageStore } from "@hearth/db/message-store"
import { and, eq, getTableColumns, inArray, isNull } from "drizzle-orm"
import { z } from "zod"
import type { SignedIn } from "../context.ts"
import { fromCursor, toListed } from "../paging.ts"
import { toThread } from "../thread/service.ts"
import { cardsOf } from "../user/service.ts"

/** A channel or a thread with something unread, before its messages are looked at. */
interface Entry {
  guildId: Snowflake
  channelId: Snowflake
  thread?: CatchUpItem["thread"]
  seqs: readonly number[]
  why: MentionKind | null
  /** Where it stands in the list: what addresses the reader, then threads, by time; then what moved, by servers and their order. */
  key: [section: (typeof sections)[number], at: string, id: Snowflake]
}
const sections = ["asks", "threads", "moved"] as const

/** So much of a message stands in a list. */
const EXCERPT = 400
const AT_ONCE = 8

/** The threads in which something is unread, newest first: those that the reader follows, as the snapshot has them, and those that address them. */
const threadsOf = async (
  q: Queryable,
  userId: Snowflake,
  guildOf: ReadonlyMap<Snowflake, Snowflake>,
  now: number,
): Promise<Entry[]> => {
  const followed = await unreadThreads(q, userId, [...guildOf.keys()], now)
  const { parents = {} } = (await unreadInThreads(q, [userId])).get(userId) ?? {}
  const addressed = Object.entries(parents).flatMap(([id, parentId]) => (guildOf.has(parentId) ? id : []))
  const ids = [...new Set([...followed.map((t) => t.id), ...addressed])]
  if (ids.length === 0) return []
  const { threads, readStates } = schema
  const isRead = and(eq(readStates.channelId, threads.id), eq(readStates.userId, userId))
  const rows = await q
    .select({ row: threads, lastReadSeq: readStates.lastReadSeq })
    .from(threads)
    .leftJoin(readStates, isRead)
    .where(inArray(threads.id, ids))
  return rows
    .map(({ row, lastReadSeq }): Entry => {
      const thread = { ...toThread(row, guildOf.get(row.channelId) ?? ""), lastReadSeq: lastReadSeq ?? 0 }
      const { id, guildId, channelId } = thread
      return { guildId, channelId, thread, seqs: [], why: null, key: ["threads", String(thread.lastAt), id] }
    })
    .sort((a, b) => (isAfter(a, b.key) ? 1 : -1))
}

/** Everything in which something is unread, in the order of the list. Ids only: it is as long as one has channels. */
const entriesOf = async (q: Queryable, userId: Snowflake, now: number): Promise<Entry[]> => {
  const memberships = await loadMemberships(q, userId)
  const visible = memberships
    // Conversations have a list of their own.
    .filter(({ access }) => !access.isConversation)
    .flatMap(({ access, channels }) => visibleTo(access, channels).map((c) => ({ ...c, guildId: access.guild.id })))
    .map((c, place) => ({ ...c, place }))
  const { channels, readStates } = schema
  const marks = await q
    .select(getTableColumns(readStates))
    .from(readStates)
    .innerJoin(channels, and(eq(channels.id, readStates.channelId), isNull(channels.parentId)))
    .where(eq(readStates.userId, userId))
  const read = new Map(marks.map((m) => [m.channelId, m.lastReadSeq]))
  const guildOf = new Map(visible.map((c) => [c.channel.id, c.guildId]))
  const addressed = Object.entries((await unreadMentions(q, [userId])).get(userId) ?? {})
  const seqsOf = new Map(addressed.filter(([channelId]) => guildOf.has(channelId)))
  const newest = [...seqsOf].map(([channelId, seqs]) => ({ channelId, seq: seqs.at(-1) ?? 0 }))
  const asks = (await newestAsks(q, userId, newest)).map(
    ({ channelId, kind, at }): Entry => ({
      guildId: guildOf.get(channelId) ?? "",
      channelId,
      seqs: seqsOf.get(channelId) ?? [],
      why: kind,
      key: ["asks", at, channelId],
    }),
  )
  const deleted = (await unreadDeletions(q, [userId])).get(userId) ?? {}
  const unreadIn = ({ channel, lastSeq }: (typeof visible)[number]): number =>
    lastSeq - (read.get(channel.id) ?? 0) - (deleted[channel.id] ?? []).filter((seq) => seq <= lastSeq).length
  const moved = visible
    .filter((c) => unreadIn(c) > 0 && !seqsOf.has(c.channel.id))
    .map(
      ({ channel, guildId, place }): Entry => ({
        guildId,
        channelId: channel.id,
        seqs: [],
        why: null,
        key: ["moved", String(place), channel.id],
      }),
    )
  return [...asks, ...(await threadsOf(q, userId, guildOf, now)), ...moved]
}

/** Whether an entry stands behind a place in the list, which itself may not be there any more. */
const isAfter = ({ key: [section, at, id] }: Entry, [afterSection, afterAt, afterId]: Entry["key"]): boolean => {
  if (section !== afterSection) return sections.indexOf(section) > sections.indexOf(afterSection)
  const by = BigInt(at) - BigInt(afterAt) || BigInt(id) - BigInt(afterId)
  return section === "moved" ? by > 0n : by < 0n
}

/** The newest message of the channel that addresses the reader, and how many do. What is gone by now does not. */
const askOf = async (q: Queryable, store: MessageStore, { channelId, seqs }: Entry) => {
  const left = [...seqs]
  for (let seq = left.at(-1); seq !== undefined; seq = left.at(-1)) {
    const message = await store.get(channelId, seq)
    if (message && !message.deleted) return { message, asks: left.length }
    // One that was not found may be there all the same: a replica can be late.
    if (message?.deleted) await forgetMentions(q, channelId, seq)
    left.pop()
  }
  return null
}

const LAST = 4

const look = async ({ db, store, session }: SignedIn, entry: Entry) => {
  const ask = entry.seqs.length > 0 ? await askOf(db, store, entry) : null
  if (ask) {
    const { asks, message } = ask
    const { channelId, seqs } = entry
    // The entry knows it of the newest: of an older one it is asked.
    const older = asks < seqs.length ? await newestAsks(db, session.userId, [{ channelId, seq: message.seq }]) : null
    return { entry, asks, why: older ? (older[0]?.kind ?? null) : entry.why, message, authors: [message.authorId] }
  }
  const { messages } = await store.page(entry.thread?.id ?? entry.channelId, {}, LAST)
  const left = messages.filter((m) => !m.deleted).reverse()
  const authors = [...new Set(left.map((m) => m.authorId))].slice(0, 2)
  return { entry, asks: 0, why: null, message: left[0] ?? null, authors }
}

const saidOf = (message: Message | null): CatchUpItem["said"] =>
  message && { seq: message.seq, at: message.createdAt, content: message.content.slice(0, EXCERPT).toWellFormed() }

/** What was not read, over all servers: first what addresses the reader, then threads, then what moved. */
export const list = async (
  ctx: SignedIn,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Listed<CatchUpItem>> => {
  const after = fromCursor(
    cursor,
    z.tuple([z.enum(sections), z.string().regex(/^\d{1,19}$/), z.string().regex(/^\d{1,19}$/)]),
  )
  const all = await entriesOf(ctx.db, ctx.session.userId, ctx.clock())
  const page = (after ? all.filter((entry) => isAfter(entry, after)) : all).slice(0, limit + 1)
  const looked: Awaited<ReturnType<typeof look>>[] = []
  for (let at = 0; at < Math.min(page.length, limit); at += AT_ONCE)
    looked.push(...(await Promise.all(page.slice(at, Math.min(at + AT_ONCE, limit)).map((entry) => look(ctx, entry)))))
  const cards = new Map<Snowflake, UserCard>()
  for (const card of await cardsOf(
    ctx.db,
    looked.flatMap((l) => l.authors),
  ))
    cards.set(card.id, card)
  const { next } = toListed(page, limit, (entry) => entry.key, Object)
  return {
    items: looked.map(({ entry, asks, why, message, authors }) => ({
      guildId: entry.guildId,
      channelId: entry.channelId,
      ...(entry.thread && { thread: entry.thread }),
      asks,
      why,
      said: saidOf(message),
      people: authors.flatMap((id) => cards.get(id) ?? []),
    })),
    next,
  }
}
