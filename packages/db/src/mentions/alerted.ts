import { anchorsIn, compileKeywords, type Message, searchable, type Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable } from "../client.ts"

/** Of one message so many people hear by their keywords at most: who has waited for the word the longest. */
const MAX_ALERTED = 1_000
/** So many words of people are matched at a time, */
const PAGE = 10_000
/** and so many times in one step: who asked for a word after 200,000 others asked for such as begin alike does not hear. */
const MAX_PAGES = 20
/** Clocks differ. */
const SLACK_MS = 1_000

/** By the number of a message: whose keywords stand in it. Not whether they may view it. */
export type Alerted = ReadonlyMap<number, readonly Snowflake[]>

interface Asked {
  userId: Snowflake
  folded: string
  since: number
}

/** The words with one of these anchors, of the members where the channel is: who asked first, first. */
const wordsWith = async (
  q: Queryable,
  channelId: Snowflake,
  anchors: string,
  after: Asked | undefined,
  limit: number,
): Promise<Asked[]> => {
  const { rows } = await q.execute<Asked & Record<string, unknown>>(sql`
    select a.user_id::text as "userId", a.folded, (extract(epoch from a.since) * 1000)::float8 as since
    from alerts a
    join members m on m.user_id = a.user_id
    join channels c on c.guild_id = m.guild_id and c.id = ${channelId}::bigint
    where a.anchor in (select jsonb_array_elements_text(${anchors}::jsonb)) ${
      after &&
      sql`and (a.since, a.user_id, a.folded) >
        (${new Date(after.since).toISOString()}::timestamptz, ${after.userId}::bigint, ${after.folded}::text)`
    }
    order by a.since, a.user_id, a.folded limit ${limit}`)
  return rows
}

/**
 * Whose keywords stand in these messages, of those who are members where they were said: one question for all of them, by the
 * words that they have. What was said, or last edited, before somebody asked for a word is no news to them.
 */
export const alertedBy = async (
  q: Queryable,
  channelId: Snowflake,
  messages: readonly Message[],
  page = PAGE,
): Promise<Alerted> => {
  const said = messages
    .filter((m) => !m.deleted)
    .map((message) => ({ message, text: searchable(message.content), people: new Set<Snowflake>() }))
  const anchors = new Set(said.flatMap(({ text }) => [...anchorsIn(text)]))
  if (anchors.size === 0) return new Map()
  const asked = JSON.stringify([...anchors])
  let after: Asked | undefined
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const rows = await wordsWith(q, channelId, asked, after, page)
    const open = said.filter(({ people }) => people.size < MAX_ALERTED)
    const keywords = compileKeywords(new Set(rows.map((row) => row.folded)))
    for (const { message, text, people } of open) {
      const found = keywords.find(text)
      if (found.size === 0) continue
      const at = (message.editedAt ?? message.createdAt) + SLACK_MS
      for (const { userId, folded, since } of rows)
        if (found.has(folded) && since <= at && userId !== message.authorId && people.size < MAX_ALERTED)
          people.add(userId)
    }
    after = rows.at(-1)
    if (rows.length < page || open.length === 0) break
  }
  return new Map(said.flatMap(({ message, people }) => (people.size > 0 ? [[message.seq, [...people]]] : [])))
}
