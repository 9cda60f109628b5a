import { sql } from "drizzle-orm"
import { boolean, check, index, pgTable, primaryKey, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"

/** Who are friends: both ids, the lower first. */
export const friendships = pgTable(
  "friendships",
  {
    lowId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    highId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.lowId, t.highId] }),
    index("friendships_high").on(t.highId),
    check("friendships_sorted", sql`${t.lowId} < ${t.highId}`),
  ],
)

/** Who would like to be whose friend. Who asked sees the row, whatever became of it; who was asked sees those that wait. */
export const friendRequests = pgTable(
  "friend_requests",
  {
    id: snowflake().primaryKey(),
    fromId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** null: nobody has that code. */
    toId: snowflake().references(() => users.id, { onDelete: "cascade" }),
    /** What was typed. Who asked so sees this alone: not whose it is, nor whether it is anybody's. */
    code: text(),
    /** silent: nobody is told. declined: nor ever will be. */
    state: text({ enum: ["pending", "silent", "declined"] }).notNull(),
    /** Taken back, of what was declined: it is remembered. */
    withdrawn: boolean().notNull().default(false),
  },
  (t) => [
    uniqueIndex("friend_requests_person").on(t.fromId, t.toId).where(sql`${t.code} is null`),
    uniqueIndex("friend_requests_code").on(t.fromId, t.code),
    index("friend_requests_to").on(t.toId, t.id),
  ],
)

/** By what one is found, and whether one wants to be. */
export const friendRules = pgTable(
  "friend_rules",
  {
    userId: snowflake()
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    code: text().notNull(),
    /** False: nobody's request is shown to them. */
    open: boolean().notNull().default(true),
  },
  (t) => [uniqueIndex("friend_rules_code").on(t.code)],
)
