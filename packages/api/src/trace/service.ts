import {
  AppError,
  type Listed,
  MAX_COUNTED,
  type MentionKind,
  type Message,
  type MessageFacts,
  type Snowflake,
  type Trace,
  type VersionTime,
} from "@hearth/core"
import { type Queryable, schema, toAppError } from "@hearth/db"
import { readCursor } from "@hearth/db/consumer"
import { MENTIONS } from "@hearth/db/mentions"
import type { MessageStore } from "@hearth/db/message-store"
import { and, eq, ne, sql } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { pageOfVersions } from "../message/versions.ts"
import { cardsOf } from "../user/service.ts"
import { placeOf, type TracedPlace } from "./place.ts"

const { mentions, pins } = schema
/** One message addresses at most fifty by name, and its server, and whom it answers. */
const MAX_ADDRESSED = 60

const unknownMessage = () => new AppError("UNKNOWN_MESSAGE", "There is no such message.")

interface InStore {
  message: Message
  scope: number
  ver: number
  head: number
}

/** A message with its scope. null: the store could not be asked. */
const readStore = async (store: MessageStore, channelId: Snowflake, seq: number): Promise<InStore | null> => {
  try {
    const { messages, marks, head } = await store.page(channelId, { after: seq - 1 }, 1)
    const [message] = messages
    if (message?.seq !== seq) throw unknownMessage()
    const [scope, ver] = Object.entries(marks)[0] ?? ["-1", 0]
    return { message, scope: Number(scope), ver, head }
  } catch (error) {
    if (toAppError(error)?.code === "UNAVAILABLE") return null
    throw error
  }
}

/** How many members have read so far, of how many. Both are counted up to a limit. */
const countReaders = async (q: Queryable, guildId: Snowflake, channelId: Snowflake, seq: number) => {
  const { rows } = await q.execute<{ members: number; readers: number }>(sql`
    select count(*)::int as members, count(r.user_id)::int as readers
    from (select user_id from members where guild_id = ${guildId}::bigint limit ${MAX_COUNTED}) m
    left join read_states r
      on r.user_id = m.user_id and r.channel_id = ${channelId}::bigint and r.last_read_seq >= ${seq}`)
  return rows[0] ?? { members: 0, readers: 0 }
}

const pinOf = async (q: Queryable, channelId: Snowflake, seq: number, named: boolean): Promise<Trace["pin"]> => {
  const [row] = await q
    .select()
    .from(pins)
    .where(and(eq(pins.channelId, channelId), eq(pins.seq, seq)))
  if (!row) return null
  const [pinnedBy = null] = named && row.pinnedBy ? await cardsOf(q, [row.pinnedBy]) : []
  return { pinnedAt: row.pinnedAt.getTime(), pinnedBy }
}

const addressed = async (q: Queryable, { loaded, viewer }: TracedPlace, seq: number) => {
  const rows = await q
    .select({ targetId: mentions.targetId, kind: mentions.kind })
    .from(mentions)
    .where(and(eq(mentions.channelId, loaded.channel.id), eq(mentions.seq, seq), ne(mentions.kind, "keyword")))
    .orderBy(mentions.kind, mentions.targetId)
    .limit(MAX_ADDRESSED)
  const ofOne = (kind: MentionKind) => kind === "user" || kind === "reply"
  const people = viewer
    ? await cardsOf(
        q,
        rows.flatMap((row) => (ofOne(row.kind) ? row.targetId : [])),
      )
    : []
  const names = new Map([
    ...people.map((card) => [card.id, card.displayName] as const),
    ...(viewer?.roles ?? []).flatMap((role) => (role.id === viewer?.guild.id ? [] : [[role.id, role.name] as const])),
  ])
  return rows.map(({ targetId, kind }) => ({ kind, name: names.get(targetId) ?? null }))
}

const factsOf = async (q: Queryable, { message, ...at }: InStore, named: boolean): Promise<MessageFacts> => {
  const { id, authorId, nonce, createdAt, editedAt, version, mver, deleted, replyTo, content, reactions } = message
  const [author = null] = named ? await cardsOf(q, [authorId]) : []
  return {
    ...{ id, authorId, nonce, createdAt, editedAt, version, mver, deleted, replyTo },
    ...at,
    reactions: Object.values(reactions).reduce((sum, n) => sum + n, 0),
    author,
    content: named && !deleted ? content : null,
  }
}

/** All that stores and tables know of a message's way. A message store that is away is told as such, beside what the tables know. */
export const message = async (
  ctx: SignedIn,
  { channelId, seq }: { channelId: Snowflake; seq: number },
): Promise<Trace> => {
  const { db, store } = ctx
  const place = await placeOf(ctx, channelId)
  const { loaded, guildId, viewer } = place
  const inStore = await readStore(store, channelId, seq)
  const cursor = await readCursor(db, MENTIONS, channelId)
  const isRead = (m: InStore) => cursor.seq >= seq && (cursor.marks[m.scope] ?? m.message.mver) >= m.message.mver
  return {
    channelId,
    seq,
    guildId,
    place: viewer && { guild: viewer.guild.name, channel: loaded.channel.name },
    store: store.kind,
    message: inStore && (await factsOf(db, inStore, viewer !== null)),
    lastSeq: loaded.lastSeq,
    mentions: {
      cursor: cursor.seq,
      current: inStore && isRead(inStore),
      rows: await addressed(db, place, seq),
    },
    ...(await countReaders(db, guildId, channelId, seq)),
    pin: await pinOf(db, channelId, seq, viewer !== null),
  }
}

/** When each version was written, the newest first. Of a deleted message nothing is kept. */
export const versions = async (
  ctx: SignedIn,
  input: { channelId: Snowflake; seq: number; cursor?: string | undefined; limit: number },
): Promise<Listed<VersionTime>> => {
  await placeOf(ctx, input.channelId)
  const found = await ctx.store.get(input.channelId, input.seq)
  if (!found) throw unknownMessage()
  if (found.deleted) return { items: [], next: null }
  const { items, next } = await pageOfVersions(ctx.store, found, input)
  return { items: items.map(({ version, writtenAt }) => ({ version, writtenAt })), next }
}
