import { sql } from "drizzle-orm"
import { boolean, check, index, pgTable, primaryKey, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"
import { channels } from "./guild.ts"

/** What a conversation is beside a guild and a channel, all three of one id: who is in it are the guild's members. */
export const conversations = pgTable(
  "conversations",
  {
    id: snowflake()
      .primaryKey()
      .references(() => channels.id, { onDelete: "cascade" }),
    /** Of two people: both ids, the lower first. There is one conversation of two. */
    lowId: snowflake().references(() => users.id, { onDelete: "cascade" }),
    highId: snowflake().references(() => users.id, { onDelete: "cascade" }),
    /** Who manages a group. */
    ownerId: snowflake().references(() => users.id, { onDelete: "set null" }),
    /** When somebody wrote there last; before that, when it was begun. */
    lastAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    /** Of a group: the key of its picture. What it was before, a trigger drops. */
    icon: text(),
  },
  (t) => [
    uniqueIndex("conversations_icon").on(t.icon),
    uniqueIndex("conversations_pair").on(t.lowId, t.highId),
    index("conversations_high").on(t.highId),
    check("conversations_of_two", sql`(${t.lowId} is null) = (${t.highId} is null) and ${t.lowId} < ${t.highId}`),
  ],
)

/** How one of its people has it. */
export const conversationMembers = pgTable(
  "conversation_members",
  {
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    conversationId: snowflake()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** Out of their list until somebody writes. */
    closed: boolean().notNull().default(false),
    muted: boolean().notNull().default(false),
    /** Whether they let in who began it. What is declined stays closed, whatever is written. */
    request: text({ enum: ["accepted", "pending", "declined"] })
      .notNull()
      .default("accepted"),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.conversationId] }),
    index("conversation_members_conversation").on(t.conversationId),
  ],
)

/** Who does not want to hear of whom. */
export const blocks = pgTable(
  "blocks",
  {
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    blockedId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.blockedId] }), index("blocks_blocked").on(t.blockedId)],
)

/** What people want of those who write to them for the first time. No row: nothing. */
export const writingRules = pgTable("writing_rules", {
  userId: snowflake()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  asksFirst: boolean().notNull(),
})
