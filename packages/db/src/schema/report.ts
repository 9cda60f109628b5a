import { index, pgTable, text, timestamp } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"

/** What people say to administrators of others. It outlives the accounts of both. */
export const reports = pgTable(
  "reports",
  {
    id: snowflake().primaryKey(),
    reporterId: snowflake().references(() => users.id, { onDelete: "set null" }),
    reportedId: snowflake().references(() => users.id, { onDelete: "set null" }),
    about: text({ enum: ["friend-request", "message-request", "person"] }).notNull(),
    text: text().notNull(),
    seenAt: timestamp({ withTimezone: true, precision: 3 }),
  },
  (t) => [index("reports_reporter").on(t.reporterId), index("reports_reported").on(t.reportedId)],
)
