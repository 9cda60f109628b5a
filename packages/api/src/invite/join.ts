import type { GuildSnapshot, Snowflake } from "@hearth/core"
import { type Queryable, schema, type Transaction } from "@hearth/db"
import { and, eq, gt, isNull, lt, or, sql } from "drizzle-orm"
import { unknownInvite } from "../access.ts"
import { addMember } from "../member/membership.ts"

const { invites } = schema

/** Neither revoked, nor expired, nor used up; and to a server: a node that knows of no conversations may have made one into one. */
export const aliveAt = (now: number) =>
  and(
    isNull(invites.revokedAt),
    or(isNull(invites.expiresAt), gt(invites.expiresAt, new Date(now))),
    or(isNull(invites.maxUses), lt(invites.uses, invites.maxUses)),
    sql`not exists (select from conversations k where k.id = ${invites.guildId})`,
  )

/** Where a living invite leads. A dead one answers like one that never was. */
export const requireAlive = async (q: Queryable, code: string, now: number): Promise<{ guildId: Snowflake }> => {
  const [invite] = await q
    .select({ guildId: invites.guildId })
    .from(invites)
    .where(and(eq(invites.code, code), aliveAt(now)))
  if (!invite) throw unknownInvite()
  return invite
}

/** Joins the invite's server. A use is counted for a new member only, and never beyond the last one. */
export const joinByCode = async (
  tx: Transaction,
  { code, userId, now }: { code: string; userId: Snowflake; now: number },
): Promise<{ guildId: Snowflake; snapshot: GuildSnapshot }> => {
  const { guildId } = await requireAlive(tx, code, now)
  const member = await addMember(tx, guildId, userId)
  if (!member) throw unknownInvite()
  if (member.added) {
    // The condition is checked again under the row's lock: of two who come for the last use one is refused, and rolled back.
    const used = await tx
      .update(invites)
      .set({ uses: sql`${invites.uses} + 1` })
      .where(and(eq(invites.code, code), aliveAt(now)))
      .returning({ code: invites.code })
    if (used.length === 0) throw unknownInvite()
  }
  return { guildId, snapshot: member.snapshot }
}
