import { index, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"

/** Words that people want to hear of. `anchor` is the part that one looks for first: messages are asked by theirs. */
export const alerts = pgTable(
  "alerts",
  {
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** As words are compared. */
    folded: text().notNull(),
    /** As it was written. */
    word: text().notNull(),
    anchor: text().notNull(),
    /** What was said before is no news. */
    since: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.folded] }), index("alerts_anchor").on(t.anchor)],
)
