import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core"
import { bytea, snowflake } from "./columns.ts"

const count = () => bigint({ mode: "number" }).notNull()

/** A channel's head row: whoever holds its lock may append. Inserted with the channel, in the same transaction. */
export const channelHeads = pgTable("channel_heads", {
  channelId: snowflake().primaryKey(),
  head: count().default(0),
  ver: count().default(0),
  lastId: snowflake().notNull().default("0"),
})

/** The channel log, when messages are in PostgreSQL. */
export const messages = pgTable(
  "messages",
  {
    channelId: snowflake().notNull(),
    seq: count(),
    id: snowflake().notNull(),
    mver: count(),
    version: integer().notNull().default(1),
    authorId: snowflake().notNull(),
    nonce: text().notNull(),
    body: bytea(),
    bodyMac: bytea(),
    bodyKey: integer(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    editedAt: timestamp({ withTimezone: true }),
    deleted: boolean().notNull().default(false),
    replyTo: bigint({ mode: "number" }),
    reactions: jsonb().$type<Record<string, number>>().notNull().default({}),
    extra: jsonb(),
  },
  (t) => [
    primaryKey({ columns: [t.channelId, t.seq] }),
    unique("messages_nonce").on(t.channelId, t.authorId, t.nonce),
    index("messages_mver").on(t.channelId, t.mver),
  ],
)

/** kind 1: a reactor, key `emoji:user` · kind 2: an old version, key its number. */
export const messageDetails = pgTable(
  "message_details",
  {
    channelId: snowflake().notNull(),
    seq: count(),
    kind: smallint().notNull(),
    key: text().notNull(),
    mver: count(),
    body: bytea(),
    bodyKey: integer(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.seq, t.kind, t.key] })],
)

export const outboxPos = pgSequence("outbox_pos")

/** Changes in commit order. Every gateway node reads all of it; kept for 24 h. */
export const outbox = pgTable(
  "outbox",
  {
    pos: bigint({ mode: "bigint" }).primaryKey(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    kind: text().notNull(),
    audience: text().notNull(),
    guildId: snowflake(),
    channelId: snowflake(),
    userId: snowflake(),
    payload: jsonb().notNull(),
  },
  (t) => [index("outbox_at").on(t.at)],
)

/**
 * How far a consumer (mentions, push, search, …) has read a channel: as a client does, by a span and its marks, so that changes
 * of what it read lately reach it, too; and which versions it read of what was edited. No row: it has read nothing yet.
 */
export const consumerCursor = pgTable(
  "consumer_cursor",
  {
    consumer: text().notNull(),
    channelId: snowflake().notNull(),
    fromSeq: count().default(1),
    seq: count(),
    marks: jsonb().$type<Record<string, number>>().notNull().default({}),
    versions: jsonb().$type<Record<string, number>>().notNull().default({}),
  },
  (t) => [primaryKey({ columns: [t.consumer, t.channelId] })],
)
