import { bigint, boolean, index, integer, pgTable, primaryKey, timestamp, unique } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"
import { channels } from "./guild.ts"

/** What a thread is beside a channel: the message that it hangs on, and how it stands. Its consumer keeps the latter. */
export const threads = pgTable(
  "threads",
  {
    id: snowflake()
      .primaryKey()
      .references(() => channels.id, { onDelete: "cascade" }),
    channelId: snowflake()
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    seq: bigint({ mode: "number" }).notNull(),
    startedBy: snowflake().notNull(),
    replies: integer().notNull().default(0),
    /** Who wrote there last, the newest first. */
    people: snowflake().array().notNull().default([]),
    lastAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [unique("threads_message").on(t.channelId, t.seq), index("threads_by_time").on(t.channelId, t.lastAt, t.id)],
)

/** Who hears of a thread; muted: follows it, and is told nothing. */
export const threadFollowers = pgTable(
  "thread_followers",
  {
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    threadId: snowflake()
      .notNull()
      .references(() => threads.id, { onDelete: "cascade" }),
    muted: boolean().notNull().default(false),
    /** The newest `seq` that they were told is unread, if they might view it: until they have read that, they are not told again. */
    told: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.userId, t.threadId] }), index("thread_followers_thread").on(t.threadId)],
)
