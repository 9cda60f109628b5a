import { sql } from "drizzle-orm"
import { bigint, index, pgTable, primaryKey, timestamp } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"

const moment = () => timestamp({ withTimezone: true, precision: 3 })

/**
 * What people keep for later. It outlives its channel and its message: the list says that they are not there any more, and a
 * reminder that rang goes on counting until its owner puts it away.
 */
export const savedMessages = pgTable(
  "saved_messages",
  {
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    channelId: snowflake().notNull(),
    seq: bigint({ mode: "number" }).notNull(),
    savedAt: moment().notNull(),
    /** null: no reminder is set, or it rang. */
    remindAt: moment(),
    rangAt: moment(),
    doneAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.channelId, t.seq] }),
    index("saved_messages_remind").on(t.remindAt).where(sql`${t.remindAt} is not null`),
  ],
)
