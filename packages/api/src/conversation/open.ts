import { AppError, CONVERSATION_PERMISSIONS, MAX_IN_GROUP, newSnowflake, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, type Queryable, schema, type Transaction, transact } from "@hearth/db"
import { addedTo } from "@hearth/db/conversations"
import { and, eq, inArray, not, type SQL, sql } from "drizzle-orm"
import { sortName } from "../account/sort-name.ts"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

const { channelHeads, channels, conversationMembers, conversations, guilds, members, roles, users, writingRules } =
  schema

/** Also of who does not want to be written to: it is not told. */
export const unknownPerson = () => new AppError("UNKNOWN_MEMBER", "There is nobody like that whom you could write to.")

const isFriendOf = (me: Snowflake, id: SQL) => sql`exists (
  select from friendships f where f.low_id = least(${me}::bigint, ${id}) and f.high_id = greatest(${me}::bigint, ${id}))`

const idsOf = (ids: readonly Snowflake[]) => sql`${`{${ids.join()}}`}::bigint[]`

/** People whose rows are held, so that of two who begin at once the second finds what the first began. */
export const holdPeople = async (
  tx: Transaction,
  userIds: readonly Snowflake[],
): Promise<{ id: Snowflake; displayName: string }[]> => {
  const found = await tx
    .select({ id: users.id, displayName: users.displayName })
    .from(users)
    .where(inArray(users.id, [...userIds]))
    .orderBy(users.id)
    .for("no key update")
  if (found.length < userIds.length) throw unknownPerson()
  return found
}

/** One writes first to people of one's own servers and to friends, and to nobody who blocked one, or whom one blocked. */
export const requireReachable = async (q: Queryable, me: Snowflake, others: readonly Snowflake[]): Promise<void> => {
  const { rows } = await q.execute<{ id: Snowflake }>(sql`
    select p.id::text as id from unnest(${idsOf(others)}) as p(id)
    where (exists (
        select from members mine join members theirs on theirs.guild_id = mine.guild_id and theirs.user_id = p.id
        where mine.user_id = ${me}::bigint and not exists (select from conversations k where k.id = mine.guild_id))
        or ${isFriendOf(me, sql`p.id`)})
      and not exists (
        select from blocks b where (b.user_id = p.id and b.blocked_id = ${me}::bigint)
          or (b.user_id = ${me}::bigint and b.blocked_id = p.id))`)
  if (rows.length < others.length) throw unknownPerson()
}

/** In so many groups is somebody at most, with the requests that wait for them. */
const MAX_PUT_INTO = 200

/**
 * Others bring one into groups, and ask: no more of both than somebody can look through. Only while their rows are held. Of one's
 * own one is told so.
 */
const requireRoom = async (
  tx: Transaction,
  userIds: readonly Snowflake[],
  { by, isGroup, asked }: { by: Snowflake; isGroup: boolean; asked: ReadonlySet<Snowflake> },
): Promise<void> => {
  const those = userIds.filter((userId) => isGroup || asked.has(userId))
  const { rows } = await tx.execute<{ id: Snowflake }>(sql`
    select p.id::text as id from unnest(${idsOf(those)}) as p(id)
    where (select count(*) from (
      select from conversation_members o join conversations k on k.id = o.conversation_id
      where o.user_id = p.id and o.request <> 'declined' and (k.low_id is null or o.request = 'pending')
      limit ${MAX_PUT_INTO}) held) >= ${MAX_PUT_INTO}`)
  if (rows.length === 0) return
  if (rows.some(({ id }) => id === by))
    throw new AppError("TOO_MANY", `One can be in at most ${MAX_PUT_INTO} groups. Leave one first.`)
  throw unknownPerson()
}

/** Puts people into a conversation. Those beside who does it see it once somebody writes. */
export const putIn = async (
  tx: Transaction,
  id: Snowflake,
  people: readonly { id: Snowflake; displayName: string }[],
  { by, isGroup }: { by: Snowflake; isGroup: boolean },
): Promise<void> => {
  const userIds = people.map((p) => p.id)
  const asked = new Set(
    (
      await tx
        .select({ userId: writingRules.userId })
        .from(writingRules)
        .where(
          and(
            inArray(writingRules.userId, userIds),
            eq(writingRules.asksFirst, true),
            not(isFriendOf(by, sql`${writingRules.userId}`)),
          ),
        )
    ).map((rule) => rule.userId),
  )
  await requireRoom(tx, userIds, { by, isGroup, asked })
  await tx.insert(members).values(
    people.map((p) => ({
      guildId: id,
      userId: p.id,
      sortName: sortName(p.displayName),
      joinedAt: sql`clock_timestamp()`,
    })),
  )
  await tx.insert(conversationMembers).values(
    people.map((p) => ({
      conversationId: id,
      userId: p.id,
      closed: p.id !== by,
      request: p.id !== by && asked.has(p.id) ? ("pending" as const) : ("accepted" as const),
    })),
  )
  // What was said before one came is history, not unread. They hear of the mark with the conversation.
  await tx.execute(sql`
    insert into read_states (user_id, channel_id, last_read_seq)
    select p.id, c.id, c.last_seq from channels c cross join unnest(${idsOf(userIds)}) p(id)
    where c.id = ${id}::bigint and c.last_seq > 0 on conflict do nothing`)
  // Nor was it ever to arrive at them.
  await tx.execute(sql`
    insert into receipts (conversation_id, user_id, since, delivered, read)
    select c.id, p.id, c.last_seq, c.last_seq, c.last_seq from channels c cross join unnest(${idsOf(userIds)}) p(id)
    where c.id = ${id}::bigint and c.last_seq > 0`)
  for (const userId of userIds)
    addToOutbox(tx, "node", "member:joined", { guildId: id, userId }, { guildId: id, userId })
}

export const tellAdded = async (tx: Transaction, id: Snowflake, userId: Snowflake): Promise<void> => {
  const added = await addedTo(tx, userId, id)
  if (added) addToOutbox(tx, userRoom(userId), "conversation:added", added, { guildId: id, userId })
}

const begin = async (
  tx: Transaction,
  me: Snowflake,
  people: readonly { id: Snowflake; displayName: string }[],
  { name, pair, now }: { name: string; pair: readonly [Snowflake, Snowflake] | null; now: number },
): Promise<Snowflake> => {
  const id = newSnowflake(now)
  await tx.insert(guilds).values({ id, name, ownerId: me })
  await tx
    .insert(roles)
    .values({ id, guildId: id, name: "everyone", position: 0, permissions: CONVERSATION_PERMISSIONS })
  await tx.insert(channels).values({ id, guildId: id, name: "", position: 0 })
  await tx.insert(channelHeads).values({ channelId: id })
  const [lowId, highId] = pair ?? [null, null]
  await tx.insert(conversations).values({ id, lowId, highId, ownerId: pair ? null : me, lastAt: new Date(now) })
  await putIn(tx, id, people, { by: me, isGroup: pair === null })
  return id
}

/** Finds the conversation with somebody, or begins it; with several people it begins a group. */
export const open = async (
  ctx: SignedIn,
  { userIds, name = "" }: { userIds: Snowflake[]; name?: string | undefined },
): Promise<{ conversationId: Snowflake }> => {
  const { db, session, clock } = ctx
  const me = session.userId
  const others = [...new Set(userIds)].filter((id) => id !== me)
  const [first, second] = others
  if (first === undefined) throw new AppError("BAD_REQUEST", "One does not write to oneself.")
  if (others.length >= MAX_IN_GROUP) throw new AppError("TOO_MANY", `A group has at most ${MAX_IN_GROUP} people.`)
  await takeLimits(ctx, { conversationByAccount: me })
  return transact(db, async (tx) => {
    const people = await holdPeople(tx, [me, ...others])
    const pair =
      second === undefined ? ((BigInt(me) < BigInt(first) ? [me, first] : [first, me]) as [string, string]) : null
    const [known] = pair
      ? await tx
          .select({ id: conversations.id })
          .from(conversations)
          .where(and(eq(conversations.lowId, pair[0]), eq(conversations.highId, pair[1])))
      : []
    if (!known) await requireReachable(tx, me, others)
    const id = known?.id ?? (await begin(tx, me, people, { name, pair, now: clock() }))
    await tx
      .update(conversationMembers)
      .set({ closed: false, request: "accepted" })
      .where(and(eq(conversationMembers.conversationId, id), eq(conversationMembers.userId, me)))
    await tellAdded(tx, id, me)
    return { conversationId: id }
  })
}
