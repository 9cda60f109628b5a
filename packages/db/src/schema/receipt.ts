import { boolean, foreignKey, integer, pgTable, primaryKey } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"
import { conversationMembers } from "./conversation.ts"

/**
 * How far one of its people has a conversation, as the others may know it: it stands still while they are told nothing. No row:
 * nothing was ever told, and they were in it from the first message on, or it is not known since when: who came into a group before
 * there were receipts counts as if they had been.
 */
export const receipts = pgTable(
  "receipts",
  {
    conversationId: snowflake().notNull(),
    userId: snowflake().notNull(),
    /** Its head when they came in. */
    since: integer().notNull().default(0),
    delivered: integer().notNull(),
    read: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.userId] }),
    foreignKey({
      columns: [t.userId, t.conversationId],
      foreignColumns: [conversationMembers.userId, conversationMembers.conversationId],
      name: "receipts_member",
    }).onDelete("cascade"),
  ],
)

/** Whether people tell how far they have their conversations, and are told. No row: they do. */
export const receiptRules = pgTable("receipt_rules", {
  userId: snowflake()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  shown: boolean().notNull(),
})
