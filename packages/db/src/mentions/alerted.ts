import { anchorsIn, compileKeywords, type Message, searchable, type Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable } from "../client.ts"

/** Of one message so many people hear by their keywords at most: who has waited for the word the longest. */
const MAX_ALERTED = 1_000
/** And so many words of people are looked at in one step. */
const MAX_ROWS = 10_000
/** Clocks differ. */
const SLACK_MS = 1_000

/** By the number of a message: whose keywords stand in it. Not whether they may view it. */
export type Alerted = ReadonlyMap<number, readonly Snowflake[]>

/**
 * Whose keywords stand in these messages, of those who are members where they were said: one question for all of them, by the
 * words that they have. What was said, or last edited, before somebody asked for a word is no news to them.
 */
export const alertedBy = async (q: Queryable, channelId: Snowflake, messages: readonly Message[]): Promise<Alerted> => {
  const said = messages.filter((m) => !m.deleted).map((message) => ({ message, text: searchable(message.content) }))
  const anchors = new Set(said.flatMap(({ text }) => [...anchorsIn(text)]))
  if (anchors.size === 0) return new Map()
  const { rows } = await q.execute<{ userId: Snowflake; folded: string; since: number }>(sql`
    select a.user_id::text as "userId", a.folded, (extract(epoch from a.since) * 1000)::float8 as since
    from alerts a
    join members m on m.user_id = a.user_id
    join channels c on c.guild_id = m.guild_id and c.id = ${channelId}::bigint
    where a.anchor in (select jsonb_array_elements_text(${JSON.stringify([...anchors])}::jsonb))
    order by a.since, a.user_id limit ${MAX_ROWS}`)
  if (rows.length === 0) return new Map()
  const keywords = compileKeywords(new Set(rows.map((row) => row.folded)))
  const alerted = new Map<number, Snowflake[]>()
  for (const { message, text } of said) {
    const found = keywords.find(text)
    if (found.size === 0) continue
    const at = (message.editedAt ?? message.createdAt) + SLACK_MS
    const people = new Set(
      rows.flatMap(({ userId, folded, since }) =>
        found.has(folded) && since <= at && userId !== message.authorId ? userId : [],
      ),
    )
    if (people.size > 0) alerted.set(message.seq, [...people].slice(0, MAX_ALERTED))
  }
  return alerted
}
