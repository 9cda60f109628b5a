import { sql } from "drizzle-orm"
import { bigint, index, integer, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { bytea, snowflake } from "./columns.ts"

const moment = () => timestamp({ withTimezone: true, precision: 3 })

/**
 * Messages that wait for their time, sealed as messages are. One outlives its channel: its author still has the text, and reads
 * why it was not sent.
 */
export const scheduledMessages = pgTable(
  "scheduled_messages",
  {
    id: snowflake().primaryKey(),
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    channelId: snowflake().notNull(),
    /** The client's: scheduling the same twice is scheduling it once. */
    key: text().notNull(),
    version: integer().notNull().default(1),
    body: bytea().notNull(),
    replyTo: bigint({ mode: "number" }),
    sendAt: moment().notNull(),
    /** When it is tried next: its time, or later after a try that could not say. null: it could not be sent. */
    tryAt: moment(),
    /** Since when it may be in the log. null: it is not. */
    begunAt: moment(),
    /** How often it was claimed since then: of more than once, an earlier one may have sent it. */
    tries: integer().notNull().default(0),
    /** The code of the error that it could not be sent for. */
    failed: text(),
  },
  (t) => [
    uniqueIndex("scheduled_messages_key").on(t.userId, t.key),
    index("scheduled_messages_time").on(t.userId, t.sendAt, t.id),
    index("scheduled_messages_try").on(t.tryAt, t.id).where(sql`${t.tryAt} is not null`),
  ],
)
