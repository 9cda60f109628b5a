import { AppError, type GuildSnapshot, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, schema, type Transaction } from "@hearth/db"
import { loadChannels, loadGuildSnapshot, loadGuilds, toSnapshot } from "@hearth/db/access"
import { and, count, eq, gt, gte, inArray, sql } from "drizzle-orm"
import { sortName } from "../account/sort-name.ts"

const { members, readStates, users } = schema

const MAX_GUILDS = 200

/** Makes a user a member, and tells them of the guild and nodes of them. Who is one already stays as they are. null: no guild. */
export const addMember = async (
  tx: Transaction,
  guildId: Snowflake,
  userId: Snowflake,
): Promise<{ snapshot: GuildSnapshot; added: boolean } | null> => {
  const added = await addMembers(tx, guildId, [{ userId }])
  const snapshot = added && (await loadGuildSnapshot(tx, guildId, userId))
  return snapshot && { snapshot, added: added.size > 0 }
}

/** The same for many at once, who may have come at another time. Answers who was added. null: no guild. */
export const addMembers = async (
  tx: Transaction,
  guildId: Snowflake,
  people: readonly { userId: Snowflake; joinedAt?: number }[],
): Promise<Set<Snowflake> | null> => {
  const userIds = [...new Set(people.map(({ userId }) => userId))]
  // One join of a user after the other, so that `joined_at` orders their servers as they heard of them. And both rows are
  // held until the commit: a rename of the user, or a change of the guild, that commits in between would be neither
  // in what is written here nor in what is told later. And before anything is inserted, so that a delete cannot deadlock.
  const found = await tx
    .select({ id: users.id, displayName: users.displayName })
    .from(users)
    .where(inArray(users.id, userIds))
    .orderBy(users.id)
    .for("no key update")
  if (found.length < userIds.length) throw new AppError("UNAUTHENTICATED", "Please sign in.")
  const [guild] = await loadGuilds(tx, [guildId], "share")
  if (!guild) return null
  const full = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(
      and(
        inArray(members.userId, userIds),
        sql`not exists (select from conversations k where k.id = ${members.guildId})`,
      ),
    )
    .groupBy(members.userId)
    .having(gte(count(), MAX_GUILDS))
  const joinedAt = new Map(people.map((p) => [p.userId, p.joinedAt]))
  const rows = found.map(({ id, displayName }) => {
    const at = joinedAt.get(id)
    const when = at === undefined ? sql`clock_timestamp()` : new Date(at)
    return { guildId, userId: id, sortName: sortName(displayName), joinedAt: when }
  })
  const inserted = await tx.insert(members).values(rows).onConflictDoNothing().returning({ userId: members.userId })
  const added = new Set(inserted.map(({ userId }) => userId))
  if (full.some(({ userId }) => added.has(userId)))
    throw new AppError("TOO_MANY", `One can be in at most ${MAX_GUILDS} servers. Leave one first.`)
  const channels = await loadChannels(tx, [guildId])
  for (const userId of added) {
    const snapshot = toSnapshot({ ...guild, actor: { userId, roleIds: [] } }, channels)
    // Nodes first: the member's rooms are right before anything else of this guild is told.
    addToOutbox(tx, "node", "member:joined", { guildId, userId }, { guildId, userId })
    addToOutbox(tx, userRoom(userId), "guild:added", snapshot, { guildId, userId })
    if (channels.some((c) => c.lastSeq > 0)) await markAllRead(tx, snapshot, userId)
  }
  return added
}

/** What was said before one came is not new to them: it is history, not unread. */
const markAllRead = async (tx: Transaction, { guild, channels }: GuildSnapshot, userId: Snowflake): Promise<void> => {
  const ids = channels.map(({ id }) => id)
  if (ids.length === 0) return
  const marks = await tx
    .insert(readStates)
    .select(
      tx
        .select({
          userId: sql<string>`${userId}::bigint`.as("user_id"),
          channelId: schema.channels.id,
          lastReadSeq: schema.channels.lastSeq,
        })
        .from(schema.channels)
        .where(and(inArray(schema.channels.id, ids), gt(schema.channels.lastSeq, 0)))
        .orderBy(schema.channels.position),
    )
    .onConflictDoNothing()
    .returning({ channelId: readStates.channelId, lastReadSeq: readStates.lastReadSeq })
  for (const mark of marks)
    addToOutbox(tx, userRoom(userId), "read:marked", mark, { guildId: guild.id, channelId: mark.channelId, userId })
}

/** Takes a member out, with their read marks and drafts. False: was none. */
export const removeMember = async (tx: Transaction, guildId: Snowflake, userId: Snowflake): Promise<boolean> => {
  const removed = await tx
    .delete(members)
    .where(and(eq(members.guildId, guildId), eq(members.userId, userId)))
    .returning({ userId: members.userId })
  if (removed.length === 0) return false
  await tx.execute(sql`
    delete from read_states where user_id = ${userId}::bigint
      and channel_id in (select id from channels where guild_id = ${guildId}::bigint)`)
  await tx.execute(sql`
    delete from drafts where user_id = ${userId}::bigint
      and channel_id in (select id from channels where guild_id = ${guildId}::bigint)`)
  await tx.execute(sql`
    delete from thread_followers where user_id = ${userId}::bigint
      and thread_id in (select id from channels where guild_id = ${guildId}::bigint)`)
  // Nodes first: from here on nothing of the guild reaches the sockets of who left.
  addToOutbox(tx, "node", "member:left", { guildId, userId }, { guildId, userId })
  addToOutbox(tx, userRoom(userId), "guild:removed", { guildId }, { guildId, userId })
  return true
}
