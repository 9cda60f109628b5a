import { isNotNull } from "drizzle-orm"
import { bigint, index, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core"
import { snowflake } from "./columns.ts"
import { channels } from "./guild.ts"

/**
 * Whom messages address, written by the consumer of that name: one row a person, and one row for all when it is a role or
 * everybody. `targetId` is a user, a role, or the guild (which is also the id of `@everyone`).
 */
export const mentions = pgTable(
  "mentions",
  {
    targetId: snowflake().notNull(),
    channelId: snowflake()
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    seq: bigint({ mode: "number" }).notNull(),
    kind: text({ enum: ["user", "reply", "keyword", "role", "everyone", "here", "direct"] }).notNull(),
    authorId: snowflake().notNull(),
    /** Of a thread: the channel that it hangs in. */
    parentId: snowflake(),
    /** When it was said, or put into the message: who joined later was not meant. */
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.targetId, t.channelId, t.seq] }),
    index("mentions_message").on(t.channelId, t.seq),
    index("mentions_time").on(t.targetId, t.at, t.channelId, t.seq),
    index("mentions_in_threads").on(t.targetId, t.at).where(isNotNull(t.parentId)),
  ],
)
