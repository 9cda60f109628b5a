import { randomInt } from "node:crypto"
import {
  AppError,
  type GuildSnapshot,
  type Invite,
  type InvitePreview,
  type Listed,
  type Snowflake,
  UserCard,
} from "@hearth/core"
import { cardColumns, schema, toCard, transact } from "@hearth/db"
import { and, asc, count, desc, eq, sql } from "drizzle-orm"
import { z } from "zod"
import { allowed, requireMember, requirePermission, unknownInvite } from "../access.ts"
import type { Context, SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"
import { atMicros, fromCursor, Micros, microsOf, toListed } from "../paging.ts"
import { aliveAt, joinByCode } from "./join.ts"

const { guilds, invites, members, users } = schema

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
const CODE_LENGTH = 12
const PREVIEWED_MEMBERS = 5
const MAX_ALIVE = 1000

/** 71 random bits. */
export const newInviteCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("")

type Row = typeof invites.$inferSelect

const toWire = (row: Row, createdBy: UserCard): Invite => ({
  code: row.code,
  guildId: row.guildId,
  createdBy,
  createdAt: row.createdAt.getTime(),
  expiresAt: row.expiresAt?.getTime() ?? null,
  maxUses: row.maxUses,
  uses: row.uses,
})

export const create = async (
  ctx: SignedIn,
  { guildId, expiresInMs, maxUses }: { guildId: Snowflake; expiresInMs: number | null; maxUses: number | null },
): Promise<Invite> => {
  const { db, session, clock } = ctx
  await takeLimits(ctx, { inviteCreateByAccount: session.userId })
  return transact(db, async (tx) => {
    const access = await requireMember(tx, guildId, session.userId, "share")
    requirePermission(access, "CREATE_INVITE", "You may not invite people to this server.")
    const now = clock()
    const [alive] = await tx
      .select({ n: count() })
      .from(invites)
      .where(and(eq(invites.guildId, guildId), aliveAt(now)))
    if (alive && alive.n >= MAX_ALIVE)
      throw new AppError("TOO_MANY", `A server has at most ${MAX_ALIVE} invites. Revoke some first.`)
    const [row] = await tx
      .insert(invites)
      .values({
        code: newInviteCode(),
        guildId,
        createdBy: session.userId,
        createdAt: new Date(now),
        expiresAt: expiresInMs === null ? null : new Date(now + expiresInMs),
        maxUses,
      })
      .returning()
    if (!row) throw new Error("an invite was inserted, and nothing came back")
    return toWire(row, UserCard.parse(session.me))
  })
}

/** Living invites, the newest first: all of them for who manages invites, else one's own. */
export const list = async (
  { db, session, clock }: SignedIn,
  { guildId, cursor, limit }: { guildId: Snowflake; cursor?: string | undefined; limit: number },
): Promise<Listed<Invite>> => {
  const access = await requireMember(db, guildId, session.userId)
  const after = fromCursor(cursor, z.tuple([Micros, z.string().regex(/^[0-9A-Za-z]{1,64}$/)]))
  const rows = await db
    .select({
      row: invites,
      by: cardColumns,
      key: microsOf(invites.createdAt),
    })
    .from(invites)
    .innerJoin(users, eq(users.id, invites.createdBy))
    .where(
      and(
        eq(invites.guildId, guildId),
        aliveAt(clock()),
        allowed(access, "MANAGE_INVITES") ? undefined : eq(invites.createdBy, session.userId),
        after ? sql`(${invites.createdAt}, ${invites.code}) < (${atMicros(after[0])}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(desc(invites.createdAt), desc(invites.code))
    .limit(limit + 1)
  return toListed(
    rows,
    limit,
    ({ key, row }) => [key, row.code],
    ({ row, by }) => toWire(row, toCard(by)),
  )
}

/** Ends an invite: one's own, or any for who manages invites. */
export const revoke = async ({ db, session, clock }: SignedIn, { code }: { code: string }): Promise<object> =>
  transact(db, async (tx) => {
    const now = clock()
    const [invite] = await tx
      .select({ guildId: invites.guildId, createdBy: invites.createdBy })
      .from(invites)
      .where(and(eq(invites.code, code), aliveAt(now)))
    if (!invite) throw unknownInvite()
    const access = await requireMember(tx, invite.guildId, session.userId, "share").catch((error: unknown) => {
      throw error instanceof AppError ? unknownInvite() : error
    })
    if (invite.createdBy !== session.userId)
      requirePermission(access, "MANAGE_INVITES", "You may revoke only your own invites.")
    await tx
      .update(invites)
      .set({ revokedAt: new Date(now) })
      .where(eq(invites.code, code))
    return {}
  })

/** What an invite leads to, for anybody who has it. Every dead one answers like one that never was. */
export const preview = async (ctx: Context, { code }: { code: string }): Promise<InvitePreview> => {
  const { db, session, clock } = ctx
  await takeLimits(ctx, { inviteByAddress: ctx.address })
  const [found] = await db
    .select({ code: invites.code, guild: { id: guilds.id, name: guilds.name }, invitedBy: users.displayName })
    .from(invites)
    .innerJoin(guilds, eq(guilds.id, invites.guildId))
    .innerJoin(users, eq(users.id, invites.createdBy))
    .where(and(eq(invites.code, code), aliveAt(clock())))
  if (!found) throw unknownInvite()
  const inGuild = eq(members.guildId, found.guild.id)
  const [counted] = await db.select({ n: count() }).from(members).where(inGuild)
  const someMembers = await db
    .select(cardColumns)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(inGuild)
    .orderBy(asc(members.sortName), asc(members.userId))
    .limit(PREVIEWED_MEMBERS)
  const mine = session
    ? await db
        .select({ userId: members.userId })
        .from(members)
        .where(and(inGuild, eq(members.userId, session.userId)))
    : []
  return {
    code: found.code,
    guild: { ...found.guild, memberCount: counted?.n ?? 0 },
    invitedBy: found.invitedBy,
    someMembers: someMembers.map(toCard),
    alreadyMember: mine.length > 0,
  }
}

/** Joining twice is joining once. */
export const join = async (ctx: SignedIn, { code }: { code: string }): Promise<GuildSnapshot> => {
  await takeLimits(ctx, { joinByAccount: ctx.session.userId, inviteByAddress: ctx.address })
  const { snapshot } = await transact(ctx.db, (tx) =>
    joinByCode(tx, { code, userId: ctx.session.userId, now: ctx.clock() }),
  )
  return snapshot
}
