import { openDatabase } from "@hearth/db"
import { sql } from "drizzle-orm"

/** "Member 000123" */
export const memberName = (n: number): string => `Member ${String(n).padStart(6, "0")}`

/** Makes so many accounts and members of a server, by two statements: nobody hears of them one by one, as of a server that was so before. */
export const joinMany = async (databaseUrl: string, guildId: string, count: number, firstId = 1): Promise<void> => {
  const db = openDatabase({ url: databaseUrl, statementTimeoutMs: 600_000 })
  try {
    await db.transaction(async (tx) => {
      // Without looking up each row's owner: that alone would take minutes.
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(sql`
        insert into users (id, email, display_name, password_hash)
        select ${firstId}::bigint + n, 'member' || (${firstId}::bigint + n) || '@example.org', 'Member ' || lpad(n::text, 6, '0'), 'none'
        from generate_series(1, ${count}::int) n`)
      await tx.execute(sql`
        insert into members (guild_id, user_id, sort_name)
        select ${guildId}::bigint, ${firstId}::bigint + n, 'member ' || lpad(n::text, 6, '0')
        from generate_series(1, ${count}::int) n`)
    })
    await db.execute(sql`analyze users, members`)
  } finally {
    await db.$client.end()
  }
}
