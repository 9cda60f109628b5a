import { DEFAULT_PERMISSIONS } from "@hearth/core"
import { openDatabase, schema } from "@hearth/db"
import { sql } from "drizzle-orm"
import type { Person } from "../driver.ts"

/** A server of the bench. Its members have ids that follow each other; the first of them are connected to the measured node. */
export interface Place {
  guildId: string
  firstId: number
  members: number
  connected: number
}

export interface Size {
  members: number
  connected: number
}

export const idOf = ({ firstId }: Place, n: number): string => String(firstId + n)

/** Rows of a member list somewhere in the server, as a client shows them: other ones for each, the same in each run. */
export const viewportOf = (place: Place, client: number, rows: number): number[] => {
  const shown = Math.min(rows, place.members)
  const from = (client * 2_654_435_761) % (place.members - shown + 1)
  return Array.from({ length: shown }, (_, i) => from + i)
}

/** Who of the connected is on no connected person's screen. */
export const unseenOf = (place: Place, rows: number): number[] => {
  const seen = new Set<number>()
  for (let client = 0; client < place.connected; client++) for (const n of viewportOf(place, client, rows)) seen.add(n)
  return Array.from({ length: place.connected }, (_, n) => n).filter((n) => !seen.has(n))
}

const FIRST = 1_000_000
const AT_ONCE = 20_000

/** From and to, both included: one statement for all would take longer than a statement may. */
const partsOf = (count: number): [number, number][] =>
  Array.from({ length: Math.ceil(count / AT_ONCE) }, (_, i) => [i * AT_ONCE, Math.min(count, (i + 1) * AT_ONCE) - 1])

/** Servers with that many members each, written straight into the tables. */
export const seedPlaces = async (databaseUrl: string, sizes: readonly Size[]): Promise<Place[]> => {
  const db = openDatabase({ url: databaseUrl })
  try {
    const places: Place[] = []
    let next = FIRST
    for (const { members, connected } of sizes) {
      const place = { guildId: String(next), firstId: next + 1, members, connected: Math.min(members, connected) }
      next += members + 1
      places.push(place)
      const { guildId, firstId } = place
      for (const [from, to] of partsOf(members))
        await db.execute(sql`insert into ${schema.users} (id, email, display_name, password_hash)
          select ${firstId}::bigint + n, 'bench-' || (${firstId}::bigint + n) || '@example.org', 'Person ' || n, 'none'
          from generate_series(${from}::int, ${to}::int) n`)
      await db.insert(schema.guilds).values({ id: guildId, name: "Bench", ownerId: idOf(place, 0) })
      await db
        .insert(schema.roles)
        .values({ id: guildId, guildId, name: "everyone", position: 0, permissions: DEFAULT_PERMISSIONS })
      // Whose rows are there was seen to above: to check each of them against the others takes longer than to write it.
      for (const [from, to] of partsOf(members))
        await db.transaction(async (tx) => {
          await tx.execute(sql`set local session_replication_role = replica`)
          await tx.execute(sql`insert into ${schema.members} (guild_id, user_id, sort_name)
            select ${guildId}::bigint, ${firstId}::bigint + n, 'person ' || lpad(n::text, 9, '0')
            from generate_series(${from}::int, ${to}::int) n`)
        })
      await db.execute(sql`insert into ${schema.sessions} (id, user_id, expires_at)
        select gen_random_uuid(), ${firstId}::bigint + n, now() + interval '1 day'
        from generate_series(0, ${place.connected}::int - 1) n`)
    }
    await db.execute(sql`analyze`)
    return places
  } finally {
    await db.$client.end()
  }
}

/** Who of a place is connected, with the session of each. */
export const peopleOf = async (databaseUrl: string, { firstId, connected }: Place): Promise<Person[]> => {
  const db = openDatabase({ url: databaseUrl })
  try {
    const { rows } = await db.execute<{ id: string; session: string }>(sql`
      select user_id::text as id, id::text as session from ${schema.sessions}
      where user_id between ${firstId}::bigint and ${firstId}::bigint + ${connected}::int - 1 order by user_id`)
    return rows.map(({ id, session }) => ({ userId: id, sessionId: session }))
  } finally {
    await db.$client.end()
  }
}
