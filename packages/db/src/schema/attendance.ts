import { sql } from "drizzle-orm"
import { pgTable, timestamp } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake, timeRanges } from "./columns.ts"

/** When people were not here, so that a call of those who are here is none of theirs. Nobody is shown it. No row: they never left. */
export const attendance = pgTable("attendance", {
  userId: snowflake()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** null: they are here. */
  leftAt: timestamp({ withTimezone: true }),
  /** Before that. */
  away: timeRanges().notNull().default(sql`'{}'`),
})
