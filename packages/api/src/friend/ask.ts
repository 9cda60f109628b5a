import { AppError, MAX_FRIEND_REQUESTS, newSnowflake, type Snowflake } from "@hearth/core"
import { type Queryable, schema, type Transaction, transact } from "@hearth/db"
import { and, count, eq, isNull, sql } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { holdPeople, unknownPerson } from "../conversation/open.ts"
import { takeLimits } from "../limits.ts"
import { areFriends, befriend, blockersAmong, tellAsked } from "./pair.ts"

const { friendRequests, friendRules } = schema

const shareGuild = async (q: Queryable, a: Snowflake, b: Snowflake): Promise<boolean> => {
  const { rows } = await q.execute(sql`
    select 1 from members mine join members theirs on theirs.guild_id = mine.guild_id
    where mine.user_id = ${a}::bigint and theirs.user_id = ${b}::bigint
      and not exists (select from conversations k where k.id = mine.guild_id) limit 1`)
  return rows.length > 0
}

const sent = (q: Queryable, from: Snowflake, to: Snowflake) =>
  q
    .select()
    .from(friendRequests)
    .where(and(eq(friendRequests.fromId, from), eq(friendRequests.toId, to)))

/** Whether somebody hears of it who is asked: whoever asks is told the same. */
export const stateFor = async (tx: Transaction, me: Snowflake, to: Snowflake): Promise<"pending" | "silent"> => {
  const earlier = await sent(tx, me, to)
  if (earlier.some((row) => row.state !== "silent")) return "silent"
  const [rules] = await tx.select({ open: friendRules.open }).from(friendRules).where(eq(friendRules.userId, to))
  if (rules?.open === false || (await blockersAmong(tx, me, to)).size > 0) return "silent"
  return "pending"
}

const store = async (tx: Transaction, me: Snowflake, to: Snowflake | null, code: string | null, now: number) => {
  const same = and(
    eq(friendRequests.fromId, me),
    code !== null ? eq(friendRequests.code, code) : and(eq(friendRequests.toId, to ?? ""), isNull(friendRequests.code)),
  )
  const [known] = await tx.select().from(friendRequests).where(same)
  if (known && !known.withdrawn) return
  if (known) await tx.update(friendRequests).set({ withdrawn: false }).where(same)
  else {
    const [mine] = await tx
      .select({ n: count() })
      .from(friendRequests)
      .where(and(eq(friendRequests.fromId, me), eq(friendRequests.withdrawn, false)))
    if ((mine?.n ?? 0) >= MAX_FRIEND_REQUESTS)
      throw new AppError("TOO_MANY", "You have asked many people already. Take some of your requests back first.")
    const state = to === null ? "silent" : await stateFor(tx, me, to)
    await tx.insert(friendRequests).values({ id: newSnowflake(now), fromId: me, toId: to, code, state })
    if (to !== null && state === "pending") await tellAsked(tx, to)
  }
  await tellAsked(tx, me)
}

/**
 * Asks somebody to be a friend. Who asks a person that asked them already has answered. The answer is the same whether a code is
 * anybody's, and whether whoever is asked wants to hear of it.
 */
export const ask = async (
  ctx: SignedIn,
  { userId, code }: { userId?: Snowflake | undefined; code?: string | undefined },
): Promise<object> => {
  const { db, session, clock } = ctx
  const me = session.userId
  await takeLimits(ctx, code === undefined ? { friendByAccount: me } : { friendCodeByAccount: me })
  return transact(db, async (tx) => {
    const [owner] =
      code === undefined
        ? []
        : await tx.select({ id: friendRules.userId }).from(friendRules).where(eq(friendRules.code, code))
    const to = userId ?? owner?.id ?? null
    if (to === me) throw new AppError("BAD_REQUEST", "That is you.")
    await holdPeople(tx, to === null ? [me] : [me, to])
    if (to !== null) {
      if (await areFriends(tx, me, to)) return {}
      const reverse = (await sent(tx, to, me)).some((row) => !row.withdrawn)
      if (userId !== undefined && !reverse && !(await shareGuild(tx, me, userId))) throw unknownPerson()
      const blockers = await blockersAmong(tx, me, to)
      if (userId !== undefined && blockers.has(me))
        throw new AppError("FORBIDDEN", "You blocked this person. Unblock them first.")
      if (reverse && blockers.size === 0) {
        await befriend(tx, me, to)
        return {}
      }
    }
    await store(tx, me, to, code ?? null, clock())
    return {}
  })
}
