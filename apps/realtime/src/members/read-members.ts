import type { Snowflake } from "@hearth/core"
import { type CardRow, cardColumns, type Database, schema, toCard } from "@hearth/db"
import { and, eq, inArray, sql } from "drizzle-orm"
import type { HoistedRole, IndexedMember } from "./member-index.ts"
import { orderName } from "./order-name.ts"

const { conversationMembers, conversations, members, users, roles } = schema

type Row = CardRow & {
  roleIds: string[]
  joinedAt: Date
  sortName: string
  request: string | null
  pairedWith: string | null
}

interface PlainRow extends Record<string, unknown> {
  id: Snowflake
  name: string
  portrait: string | null
  roles: string
  joined: number
  sort: string
}

/** A member as the database has them. Whether they are here is for others to say. */
export interface ReadMember {
  member: Omit<IndexedMember, "presence" | "away">
  /** Was written to in this group and has not let it in, or is one of two: shows nothing there. As in `watchable`. */
  reserved: boolean
  /** Where the next page goes on. */
  after: readonly [sortName: string, userId: Snowflake]
}

const select = (db: Database) =>
  db
    .select({
      ...cardColumns,
      roleIds: members.roleIds,
      joinedAt: members.joinedAt,
      sortName: members.sortName,
      request: conversationMembers.request,
      pairedWith: conversations.lowId,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .leftJoin(
      conversationMembers,
      and(eq(conversationMembers.conversationId, members.guildId), eq(conversationMembers.userId, members.userId)),
    )
    .leftJoin(conversations, eq(conversations.id, members.guildId))

/** Many have the same roles: they share one array. */
const MOST_SETS = 10_000

export const createMemberReader = (db: Database) => {
  const roleSets = new Map<string, Snowflake[]>()
  const roleSet = (roleIds: readonly string[]): Snowflake[] => {
    const key = roleIds.join()
    let set = roleSets.get(key)
    if (!set) {
      if (roleSets.size >= MOST_SETS) roleSets.clear()
      // Arrays of bigint come back as text.
      roleSets.set(key, (set = roleIds.map(String)))
    }
    return set
  }
  const toMember = (row: Row): ReadMember => ({
    member: {
      user: toCard(row),
      roleIds: roleSet(row.roleIds),
      joinedAt: row.joinedAt.getTime(),
      sortName: orderName(row.sortName),
    },
    reserved: row.pairedWith !== null || (row.request !== null && row.request !== "accepted"),
    after: [row.sortName, row.id],
  })

  return {
    hoistedRoles: (guildId: Snowflake): Promise<HoistedRole[]> =>
      db
        .select({ id: roles.id, position: roles.position })
        .from(roles)
        .where(and(eq(roles.guildId, guildId), eq(roles.hoisted, true))),
    isConversation: async (guildId: Snowflake): Promise<boolean> =>
      (await db.select({ id: conversations.id }).from(conversations).where(eq(conversations.id, guildId))).length > 0,
    /** All of a conversation: it has few. */
    async all(guildId: Snowflake): Promise<ReadMember[]> {
      return (await select(db).where(eq(members.guildId, guildId))).map(toMember)
    },
    /**
     * Those of a server, page by page: each begins where the last one ended, however many came before. Plain rows, since there may
     * be half a million of them.
     */
    async page(guildId: Snowflake, [name, id]: ReadMember["after"], limit: number): Promise<ReadMember[]> {
      const { rows } = await db.execute<PlainRow>(sql`
        select m.user_id::text as id, u.display_name as name, u.portrait, m.role_ids::text as roles,
          floor(extract(epoch from m.joined_at) * 1000)::float8 as joined, m.sort_name as sort
        from members m join users u on u.id = m.user_id
        where m.guild_id = ${guildId}::bigint and (m.sort_name, m.user_id) > (${name}, ${id}::bigint)
        order by m.sort_name, m.user_id limit ${limit}`)
      return rows.map(({ id, name, portrait, roles, joined, sort }) => ({
        member: {
          user: toCard({ id, displayName: name, portrait }),
          roleIds: roleSet(roles === "{}" ? [] : roles.slice(1, -1).split(",")),
          joinedAt: joined,
          sortName: orderName(sort),
        },
        reserved: false,
        after: [sort, id],
      }))
    },
    async some(guildId: Snowflake, userIds: Snowflake[]): Promise<ReadMember[]> {
      const rows = await select(db).where(and(eq(members.guildId, guildId), inArray(members.userId, userIds)))
      return rows.map(toMember)
    },
  }
}
export type MemberReader = ReturnType<typeof createMemberReader>
