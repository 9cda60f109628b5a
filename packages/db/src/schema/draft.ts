import { bigint, index, pgSequence, pgTable, primaryKey, timestamp } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { bytea, snowflake } from "./columns.ts"
import { channels } from "./guild.ts"

/** One for all drafts: a draft that goes and comes again never has a version that it had before. */
export const draftVersion = pgSequence("draft_version")

/** What people wrote and did not send, sealed as messages are. */
export const drafts = pgTable(
  "drafts",
  {
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    channelId: snowflake()
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    version: bigint({ mode: "number" }).notNull(),
    body: bytea().notNull(),
    replyTo: bigint({ mode: "number" }),
    updatedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  // A channel that is deleted looks for its drafts.
  (t) => [primaryKey({ columns: [t.userId, t.channelId] }), index("drafts_channel").on(t.channelId)],
)
