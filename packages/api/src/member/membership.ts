import { AppError, type GuildSnapshot, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, schema, type Transaction } from "@hearth/db"
import { loadGuildSnapshot, loadGuilds } from "@hearth/db/access"
import { and, count, eq, gt, inArray, sql } from "drizzle-orm"
import { sortName } from "../account/sort-name.ts"

const { members, readStates, users } = schema

const MAX_GUILDS = 200

/** Makes a user a member, and tells them of the guild and nodes of them. Who is one already stays as they are. null: no guild. */
export const addMember = async (
  tx: Transaction,
  guildId: Snowflake,
  userId: Snowflake,
): Promise<{ snapshot: GuildSnapshot; added: boolean } | null> => {
  // One join of a user after the other, so that `joined_at` orders their servers as they heard of them. And both rows are
  // held until the commit: a rename of the user, or a change of the guild, that commits in between would be neither
  // in what is written here nor in what is told later. And before anything is inserted, so that a delete cannot deadlock.
  const [user] = await tx
    .select({ displayName: users.displayName })
    .from(users)
    .where(eq(users.id, userId))
    .for("no key update")
  if (!user) throw new AppError("UNAUTHENTICATED", "Please sign in.")
  const [guild] = await loadGuilds(tx, [guildId], "share")
  if (!guild) return null
  const [mine] = await tx.select({ n: count() }).from(members).where(eq(members.userId, userId))
  const inserted = await tx
    .insert(members)
    .values({ guildId, userId, sortName: sortName(user.displayName), joinedAt: sql`clock_timestamp()` })
    .onConflictDoNothing()
    .returning({ userId: members.userId })
  const added = inserted.length > 0
  if (added && mine && mine.n >= MAX_GUILDS)
    throw new AppError("TOO_MANY", `One can be in at most ${MAX_GUILDS} servers.`)
  const snapshot = await loadGuildSnapshot(tx, guildId, userId)
  if (!snapshot) return null
  if (added) {
    // Nodes first: the member's rooms are right before anything else of this guild is told.
    addToOutbox(tx, "node", "member:joined", { guildId, userId }, { guildId, userId })
    addToOutbox(tx, userRoom(userId), "guild:added", snapshot, { guildId, userId })
    await markAllRead(tx, snapshot, userId)
  }
  return { snapshot, added }
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

/** Takes a member out, with their read marks. False: was none. */
export const removeMember = async (tx: Transaction, guildId: Snowflake, userId: Snowflake): Promise<boolean> => {
  const removed = await tx
    .delete(members)
    .where(and(eq(members.guildId, guildId), eq(members.userId, userId)))
    .returning({ userId: members.userId })
  if (removed.length === 0) return false
  await tx.execute(sql`
    delete from read_states where user_id = ${userId}::bigint
      and channel_id in (select id from channels where guild_id = ${guildId}::bigint)`)
  // Nodes first: from here on nothing of the guild reaches the sockets of who left.
  addToOutbox(tx, "node", "member:left", { guildId, userId }, { guildId, userId })
  addToOutbox(tx, userRoom(userId), "guild:removed", { guildId }, { guildId, userId })
  return true
}
