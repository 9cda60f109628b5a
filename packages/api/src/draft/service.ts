import { type Draft, type Listed, MAX_DRAFTS, type SavedDraft, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, schema, type Transaction, transact } from "@hearth/db"
import { loadMemberships, visibleTo } from "@hearth/db/access"
import { draftPlace } from "@hearth/db/message-store"
import { and, desc, eq, getTableColumns, inArray, lt, sql } from "drizzle-orm"
import { z } from "zod"
import { requireViewer } from "../access.ts"
import type { Deps, SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"
import { fromCursor, toListed } from "../paging.ts"

const { channels, drafts, users } = schema
type Row = typeof drafts.$inferSelect

const nextVersion = async (tx: Transaction): Promise<number> => {
  const { rows } = await tx.execute<{ version: string }>(sql`select nextval('draft_version') as version`)
  return Number(rows[0]?.version)
}

const toDraft = ({ bodies }: Pick<Deps, "bodies">, row: Row): Draft => ({
  channelId: row.channelId,
  version: row.version,
  content: bodies.open(row.body, draftPlace(row.userId, row.channelId)),
  replyTo: row.replyTo,
  updatedAt: row.updatedAt.getTime(),
})

const remove = async (tx: Transaction, userId: Snowflake, channelId: Snowflake): Promise<void> => {
  await tx.delete(drafts).where(and(eq(drafts.userId, userId), eq(drafts.channelId, channelId)))
  const gone = { channelId, version: await nextVersion(tx) }
  addToOutbox(tx, userRoom(userId), "draft:removed", gone, { channelId, userId })
}

/** What is beyond the bound goes: those that were touched longest ago. */
const dropOldest = async (tx: Transaction, userId: Snowflake): Promise<void> => {
  const old = await tx
    .select({ channelId: drafts.channelId })
    .from(drafts)
    .where(eq(drafts.userId, userId))
    .orderBy(desc(drafts.version))
    .offset(MAX_DRAFTS)
  for (const { channelId } of old) await remove(tx, userId, channelId)
}

/**
 * Compare-and-set: what another device wrote since is never written over, it is answered. Where nothing stands there is nothing
 * to lose, whatever version was named.
 */
export const save = async (
  ctx: SignedIn,
  input: { channelId: Snowflake; version: number; content: string; replyTo: number | null },
): Promise<SavedDraft> => {
  const { db, session, clock, bodies } = ctx
  const { userId } = session
  const { channelId, replyTo } = input
  const content = input.content.replace(/\r\n?/g, "\n")
  await takeLimits(ctx, { draftByAccount: userId })
  return transact(db, async (tx) => {
    // One write of an account after the other, until its commit: versions rise in the order in which they are told.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update")
    // Held, so that nothing stays behind of who is leaving now.
    await requireViewer(tx, channelId, userId, "share")
    const [row] = await tx
      .select()
      .from(drafts)
      .where(and(eq(drafts.userId, userId), eq(drafts.channelId, channelId)))
    // Whoever knows this version writes over it, whatever it says, or though its key is gone.
    if (row && row.version !== input.version) {
      const current = toDraft(ctx, row)
      if (current.content === content && current.replyTo === replyTo) return { version: row.version }
      return { version: row.version, current }
    }
    if (content.trim() === "" && replyTo === null) {
      if (row) await remove(tx, userId, channelId)
      return { version: 0 }
    }
    const version = await nextVersion(tx)
    const body = bodies.seal(content, draftPlace(userId, channelId))
    const now = { version, body, replyTo, updatedAt: new Date(clock()) }
    if (row)
      await tx
        .update(drafts)
        .set(now)
        .where(and(eq(drafts.userId, userId), eq(drafts.channelId, channelId)))
    else {
      await tx.insert(drafts).values({ userId, channelId, ...now })
      await dropOldest(tx, userId)
    }
    addToOutbox(tx, userRoom(userId), "draft:saved", { channelId, version }, { channelId, userId })
    return { version }
  })
}

/** null: there is none. */
export const get = async (ctx: SignedIn, { channelId }: { channelId: Snowflake }): Promise<Draft | null> => {
  const { db, session } = ctx
  await requireViewer(db, channelId, session.userId)
  const [row] = await db
    .select()
    .from(drafts)
    .where(and(eq(drafts.userId, session.userId), eq(drafts.channelId, channelId)))
  return row ? toDraft(ctx, row) : null
}

/** Those of channels that one may view now, the newest first. */
export const list = async (
  ctx: SignedIn,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Listed<Draft>> => {
  const { db, session } = ctx
  const [before] = fromCursor(cursor, z.tuple([z.string().regex(/^[1-9][0-9]{0,15}$/)])) ?? []
  const memberships = await loadMemberships(db, session.userId)
  const visible = memberships.flatMap(({ access, channels }) => visibleTo(access, channels)).map((c) => c.channel.id)
  const rows = await db
    .select(getTableColumns(drafts))
    .from(drafts)
    .innerJoin(channels, eq(channels.id, drafts.channelId))
    .where(
      and(
        eq(drafts.userId, session.userId),
        inArray(sql`coalesce(${channels.parentId}, ${channels.id})`, visible),
        before === undefined ? undefined : lt(drafts.version, Number(before)),
      ),
    )
    .orderBy(desc(drafts.version))
    .limit(limit + 1)
  return toListed(
    rows,
    limit,
    (row) => [String(row.version)],
    (row) => toDraft(ctx, row),
  )
}
