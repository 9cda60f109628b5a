import { index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"

/** How people want to be seen. No row: as they are, without a word. A line that has run out stays until the next one. */
export const userStatus = pgTable("user_status", {
  userId: snowflake()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  state: text({ enum: ["online", "idle", "dnd", "invisible"] }).notNull(),
  text: text().notNull().default(""),
  emoji: text(),
  expiresAt: timestamp({ withTimezone: true, precision: 3 }),
  /** One more with each change: whoever hears of two in the wrong order takes the higher. */
  version: integer().notNull(),
})

/** What people note about others, for themselves alone. */
export const userNotes = pgTable(
  "user_notes",
  {
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    aboutId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    note: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.aboutId] }), index("user_notes_about").on(t.aboutId)],
)
