import {
  AppError,
  computePermissions,
  guildRoom,
  MAX_ROLES,
  newSnowflake,
  type Role,
  RoleName,
  type Snowflake,
} from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import { roleToWire } from "@hearth/db/access"
import { and, eq, gt, sql } from "drizzle-orm"
import { requireMember, requirePermission } from "../access.ts"
import type { SignedIn } from "../context.ts"

const { roles } = schema

/**
 * A role right above @everyone; those that are there move up by one. Nobody gives away what they may not do themselves.
 * No procedure leads here yet: imports call it.
 */
export const create = async (
  { db, session, clock }: SignedIn,
  input: { guildId: Snowflake; name: string; permissions: bigint; hoisted: boolean },
): Promise<Role> =>
  transact(db, async (tx) => {
    const { guildId, permissions, hoisted } = input
    const name = RoleName.parse(input.name)
    const access = await requireMember(tx, guildId, session.userId, "write")
    requirePermission(access, "MANAGE_ROLES", "You may not manage this server's roles.")
    const isOwner = access.guild.ownerId === session.userId
    const mine = computePermissions(access.rules, access.actor).permissions
    if (!isOwner && (permissions & ~mine) !== 0n)
      throw new AppError("FORBIDDEN", "A role cannot allow what you may not do yourself.")
    if (access.roles.length >= MAX_ROLES)
      throw new AppError("TOO_MANY", `A server has at most ${MAX_ROLES} roles. Delete one first.`)
    const moved = await tx
      .update(roles)
      .set({ position: sql`${roles.position} + 1` })
      .where(and(eq(roles.guildId, guildId), gt(roles.position, 0)))
      .returning()
    const row = { id: newSnowflake(clock()), guildId, name, position: 1, permissions, hoisted }
    await tx.insert(roles).values(row)
    // From the top down, so that no two stand at one place while this is told.
    moved.sort((a, b) => b.position - a.position)
    for (const role of moved) addToOutbox(tx, guildRoom(guildId), "role:updated", roleToWire(role), { guildId })
    const made = roleToWire(row)
    addToOutbox(tx, guildRoom(guildId), "role:added", made, { guildId })
    return made
  })
