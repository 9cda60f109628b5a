import { sql } from "drizzle-orm"
import { boolean, check, index, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core"
import { snowflake } from "./columns.ts"

/** One row: this Hearth. */
export const instance = pgTable(
  "instance",
  {
    id: boolean().primaryKey().default(true),
    name: text().notNull(),
    registration: text({ enum: ["open", "invite"] })
      .notNull()
      .default("open"),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [check("one_instance", sql`${t.id}`)],
)

export const users = pgTable(
  "users",
  {
    id: snowflake().primaryKey(),
    email: text().notNull(),
    displayName: text().notNull(),
    /** argon2id in PHC form. */
    passwordHash: text().notNull(),
    /** What a drawn face is made from. null: a tone and initials. */
    portrait: text(),
    isInstanceAdmin: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    disabledAt: timestamp({ withTimezone: true }),
  },
  (t) => [uniqueIndex("users_email").on(t.email)],
)

/** A sign-in on one device. Read at every request of the web tier; its end reaches gateways by the outbox. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid().primaryKey(),
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    lastSeenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    userAgent: text().notNull().default(""),
    address: text().notNull().default(""),
  },
  (t) => [index("sessions_user").on(t.userId, t.createdAt)],
)

/** A ticket opens one socket, once. Rows older than a ticket's life are swept. */
export const usedTickets = pgTable(
  "used_tickets",
  { jti: uuid().primaryKey(), usedAt: timestamp({ withTimezone: true }).notNull().defaultNow() },
  (t) => [index("used_tickets_used_at").on(t.usedAt)],
)
