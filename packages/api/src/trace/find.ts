import { compareSnowflakes, type FoundMessages, Snowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import type { MessageStore } from "@hearth/db/message-store"
import { asc, eq, gt } from "drizzle-orm"
import { z } from "zod"
import type { SignedIn } from "../context.ts"
import { fromCursor, toCursor } from "../paging.ts"

const CHANNELS_AT_ONCE = 40
const AT_ONCE = 8

/** In a channel, order by id is order by number: a message is found by halving. null: it is not in this channel. */
export const seqOf = async (
  store: MessageStore,
  channelId: Snowflake,
  messageId: Snowflake,
): Promise<number | null> => {
  let [from, to] = [1, (await store.head(channelId)).head]
  while (from <= to) {
    const middle = Math.floor((from + to) / 2)
    const message = await store.get(channelId, middle)
    if (!message) return null
    const order = compareSnowflakes(message.id, messageId)
    if (order === 0) return middle
    if (order < 0) from = middle + 1
    else to = middle - 1
  }
  return null
}

/** Where a message is, by its id. Ids of two channels may be alike, so all that have it are named. */
export const find = async (
  { db, store }: SignedIn,
  input: { messageId: Snowflake; channelId?: Snowflake | undefined; cursor?: string | undefined },
): Promise<FoundMessages> => {
  const { messageId, channelId, cursor } = input
  const { channels } = schema
  const after = fromCursor(cursor, z.tuple([Snowflake]))?.[0]
  const rows = await db
    .select({ id: channels.id })
    .from(channels)
    .where(channelId ? eq(channels.id, channelId) : after ? gt(channels.id, after) : undefined)
    .orderBy(asc(channels.id))
    .limit(CHANNELS_AT_ONCE + 1)
  const page = rows.slice(0, CHANNELS_AT_ONCE)
  const found: FoundMessages["found"] = []
  for (let at = 0; at < page.length; at += AT_ONCE) {
    const some = page.slice(at, at + AT_ONCE)
    const seqs = await Promise.all(some.map(({ id }) => seqOf(store, id, messageId)))
    for (const [i, seq] of seqs.entries()) if (seq !== null) found.push({ channelId: some[i]?.id ?? "", seq })
  }
  const last = page.at(-1)
  return { found, looked: page.length, next: rows.length > page.length && last ? toCursor([last.id]) : null }
}
