import type { DraftName } from "@hearth/core"
import { integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"
import { channels } from "./guild.ts"

/** What somebody has written in a channel and not sent. A row stays when its text goes: its version must not begin anew. */
export const drafts = pgTable(
  "drafts",
  {
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    channelId: snowflake()
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    text: text().notNull(),
    /** What stands in the text for somebody or something. */
    names: jsonb().$type<DraftName[]>().notNull().default([]),
    replyTo: integer(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.channelId] })],
)
