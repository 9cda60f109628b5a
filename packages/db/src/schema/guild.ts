import { sql } from "drizzle-orm"
import { type AnyPgColumn, boolean, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { permissionSet, snowflake } from "./columns.ts"

export const guilds = pgTable("guilds", {
  id: snowflake().primaryKey(),
  name: text().notNull(),
  ownerId: snowflake()
    .notNull()
    .references(() => users.id),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
})

const guildId = () =>
  snowflake()
    .notNull()
    .references(() => guilds.id, { onDelete: "cascade" })

/** @everyone is the role whose id is the guild's, at position 0. */
export const roles = pgTable(
  "roles",
  {
    id: snowflake().primaryKey(),
    guildId: guildId(),
    name: text().notNull(),
    position: integer().notNull(),
    permissions: permissionSet().notNull(),
    hoisted: boolean().notNull().default(false),
  },
  (t) => [index("roles_guild").on(t.guildId)],
)

export const members = pgTable(
  "members",
  {
    guildId: guildId(),
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Roles beside @everyone. */
    roleIds: snowflake().array().notNull().default([]),
    joinedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** The display name, folded for ordering: kept here so that a slice of the list is one index scan. */
    sortName: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.guildId, t.userId] }),
    index("members_user").on(t.userId),
    index("members_by_name").on(t.guildId, t.sortName, t.userId),
    // For `like 'prefix%'`, whatever the database's collation is.
    index("members_by_prefix").on(t.guildId, t.sortName.asc().op("text_pattern_ops")),
  ],
)

export const channels = pgTable(
  "channels",
  {
    id: snowflake().primaryKey(),
    guildId: guildId(),
    /** Of a thread: the channel that it hangs in. What lists a server's channels leaves these out. */
    parentId: snowflake().references((): AnyPgColumn => channels.id, { onDelete: "cascade" }),
    name: text().notNull(),
    topic: text().notNull().default(""),
    position: integer().notNull(),
    /** The newest `seq`, written behind: a hint, never ahead of the log. */
    lastSeq: integer().notNull().default(0),
    /** Seconds between two messages of one member; 0: none. */
    slowmodeSeconds: integer().notNull().default(0),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index("channels_guild").on(t.guildId, t.position),
    // A server has few channels, and may have very many threads.
    index("channels_of_guild").on(t.guildId).where(sql`${t.parentId} is null`),
    index("channels_parent").on(t.parentId).where(sql`${t.parentId} is not null`),
  ],
)

export const channelOverwrites = pgTable(
  "channel_overwrites",
  {
    channelId: snowflake()
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    target: text({ enum: ["role", "member"] }).notNull(),
    targetId: snowflake().notNull(),
    allow: permissionSet().notNull(),
    deny: permissionSet().notNull(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.target, t.targetId] })],
)

export const invites = pgTable(
  "invites",
  {
    code: text().primaryKey(),
    guildId: guildId(),
    createdBy: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }),
    maxUses: integer(),
    uses: integer().notNull().default(0),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (t) => [index("invites_guild").on(t.guildId, t.createdAt)],
)

export const readStates = pgTable(
  "read_states",
  {
    userId: snowflake()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    channelId: snowflake()
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    lastReadSeq: integer().notNull(),
  },
  // A channel takes the marks in all of its threads with it: each has to be found.
  (t) => [primaryKey({ columns: [t.userId, t.channelId] }), index("read_states_channel").on(t.channelId)],
)
