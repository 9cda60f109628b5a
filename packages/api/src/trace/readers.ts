import { AppError, type Listed, Snowflake, type UserCard } from "@hearth/core"
import { sql } from "drizzle-orm"
import { z } from "zod"
import type { SignedIn } from "../context.ts"
import { fromCursor, toCursor } from "../paging.ts"
import { cardsOf } from "../user/service.ts"
import { placeOf } from "./place.ts"

/** So many members are looked at for one page: where few have read, it may be shorter than asked for, and goes on all the same. */
const AT_ONCE = 5_000

/** Whose read marks are at a message or beyond it, by name. For who may view the channel. */
export const readers = async (
  ctx: SignedIn,
  input: { channelId: Snowflake; seq: number; cursor?: string | undefined; limit: number },
): Promise<Listed<UserCard>> => {
  const { channelId, seq, cursor, limit } = input
  const { guildId, viewer } = await placeOf(ctx, channelId)
  if (!viewer) throw new AppError("FORBIDDEN", "Who has read is told to who may view the channel.")
  const after = fromCursor(cursor, z.tuple([z.string().max(200), Snowflake]))
  const { rows } = await ctx.db.execute<{ id: Snowflake; name: string; read: boolean; looked: number }>(sql`
    with looked as (
      select user_id, sort_name from members where guild_id = ${guildId}::bigint
        ${after ? sql`and (sort_name, user_id) > (${after[0]}, ${after[1]}::bigint)` : sql``}
      order by sort_name, user_id limit ${AT_ONCE}
    ), found as (
      select l.user_id, l.sort_name from looked l
      join read_states r on r.user_id = l.user_id and r.channel_id = ${channelId}::bigint and r.last_read_seq >= ${seq}
      order by l.sort_name, l.user_id limit ${limit + 1}
    ), last as (
      select user_id, sort_name from looked order by sort_name desc, user_id desc limit 1
    )
    select user_id::text as id, sort_name as name, true as read, 0 as looked from found
    union all select user_id::text, sort_name, false, (select count(*)::int from looked) from last
    order by read desc, name, id`)
  const found = rows.filter((row) => row.read)
  const last = rows.find((row) => !row.read)
  const page = found.slice(0, limit)
  const cards = new Map(
    (
      await cardsOf(
        ctx.db,
        page.map((row) => row.id),
      )
    ).map((card) => [card.id, card]),
  )
  const end = found.length > limit ? page.at(-1) : last && last.looked === AT_ONCE ? last : undefined
  return {
    items: page.flatMap((row) => cards.get(row.id) ?? []),
    next: end ? toCursor([end.name, end.id]) : null,
  }
}
