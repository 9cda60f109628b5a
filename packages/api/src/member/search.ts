import type { Snowflake, UserCard } from "@hearth/core"
import { cardColumns, type Queryable, schema, toCard } from "@hearth/db"
import { and, eq, sql } from "drizzle-orm"
import { sortName } from "../account/sort-name.ts"
import { requirePresent } from "../access.ts"
import type { SignedIn } from "../context.ts"

const { members, users } = schema

export interface MemberSearch {
  guildId: Snowflake
  prefix: string
  limit: number
}

/** As text, not as a pattern. */
const escaped = (s: string): string => s.replace(/[\\%_]/g, (sign) => `\\${sign}`)

/** What a name begins with, as `like` has it, by the form that names are sorted in. */
export const startsWith = (prefix: string): string => `${escaped(sortName(prefix).replaceAll("\0", ""))}%`

/** In the order of the index on purpose: then it ends after `limit` rows, however many names begin so. */
export const searchQuery = (q: Queryable, { guildId, prefix, limit }: MemberSearch) =>
  q
    .select(cardColumns)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.guildId, guildId), sql`${members.sortName} like ${startsWith(prefix)}`))
    .orderBy(sql`${members.sortName} using ~<~`)
    .limit(limit)

/** Members whose name begins so, by name: what completes a name while it is typed. */
export const search = async ({ db, session }: SignedIn, input: MemberSearch): Promise<UserCard[]> => {
  await requirePresent(db, input.guildId, session.userId)
  return (await searchQuery(db, input)).map(toCard)
}
