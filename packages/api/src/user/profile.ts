import { AppError, type NoteRequest, PAGE_LIMIT, type Profile, type ProfileRequest, type Snowflake } from "@hearth/core"
import { cardColumns, type Queryable, schema, toCard } from "@hearth/db"
import { and, eq, sql } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"
import { known } from "./service.ts"

const { users, userNotes } = schema

/** Whoever one may not know does not exist. */
const requireKnown = async (q: Queryable, me: Snowflake, userId: Snowflake) => {
  const [row] = await q
    .select(cardColumns)
    .from(users)
    .where(and(eq(users.id, userId), known(me)))
  if (!row) throw new AppError("UNKNOWN_MEMBER", "There is no such member.")
  return toCard(row)
}
const aboutThem = (me: Snowflake, userId: Snowflake) => and(eq(userNotes.userId, me), eq(userNotes.aboutId, userId))

/** Somebody as one meets them: what one shares with them, what they are where one is, and what one noted. */
export const profile = async ({ db, session }: SignedIn, { userId, guildId }: ProfileRequest): Promise<Profile> => {
  const me = session.userId
  const user = await requireKnown(db, me, userId)
  const { rows: shared } = await db.execute<{ guildId: Snowflake; roleIds: Snowflake[] }>(sql`
    select theirs.guild_id::text as "guildId", theirs.role_ids::text[] as "roleIds"
    from members mine join members theirs on theirs.guild_id = mine.guild_id
    where mine.user_id = ${me}::bigint and theirs.user_id = ${userId}::bigint
      and not exists (select from conversations c where c.id = mine.guild_id)
    order by mine.guild_id = ${guildId ?? null}::bigint desc nulls last, mine.joined_at desc limit ${PAGE_LIMIT}`)
  const [noted] = await db.select({ note: userNotes.note }).from(userNotes).where(aboutThem(me, userId))
  const here = shared.find((row) => row.guildId === guildId)
  return {
    user,
    guildIds: shared.map((row) => row.guildId),
    ...(here && { roleIds: here.roleIds }),
    note: noted?.note ?? "",
  }
}

export const setNote = async (ctx: SignedIn, { userId, note }: NoteRequest): Promise<{ note: string }> => {
  const me = ctx.session.userId
  await takeLimits(ctx, { statusByAccount: me })
  await requireKnown(ctx.db, me, userId)
  if (note === "") await ctx.db.delete(userNotes).where(aboutThem(me, userId))
  else
    await ctx.db
      .insert(userNotes)
      .values({ userId: me, aboutId: userId, note })
      .onConflictDoUpdate({ target: [userNotes.userId, userNotes.aboutId], set: { note } })
  return { note }
}
