import { pgTable, timestamp } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"

/** Who shows when they were last active, and when that was. No row: they do not show it, and nothing is kept of them. */
export const lastActive = pgTable("last_active", {
  userId: snowflake()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** A whole minute. null: they were not seen since they began to show it. */
  at: timestamp({ withTimezone: true, precision: 0 }),
})
