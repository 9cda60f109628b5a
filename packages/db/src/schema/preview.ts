import { bigint, boolean, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core"
import { bytea, snowflake } from "./columns.ts"
import { channels } from "./guild.ts"

const moment = () => timestamp({ withTimezone: true, precision: 3 })

/** Messages with links that somebody has to look at. Written by the consumer of mentions, with its cursor. */
export const previewWants = pgTable(
  "preview_wants",
  {
    channelId: snowflake()
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    seq: bigint({ mode: "number" }).notNull(),
    since: moment().notNull(),
    /** When it is tried next: also how long a node that claimed it has it for itself. */
    tryAt: moment().notNull(),
    /** How often it was claimed. */
    tries: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.seq] }), index("preview_wants_try").on(t.tryAt)],
)

/** What was found at links, or that nothing was, for a while: a link is fetched once for all nodes and all who post it. */
export const linkPreviews = pgTable(
  "link_previews",
  {
    /** Of the link, under a key of this Hearth: nobody can ask the table whether somebody posted a link. */
    hash: bytea().primaryKey(),
    /** false: a node fetches it, and has until then. */
    fetched: boolean().notNull().default(false),
    /** Sealed as messages are. null: nothing for a card. */
    found: bytea(),
    until: moment().notNull(),
  },
  (t) => [index("link_previews_until").on(t.until)],
)

/** Small pictures of cards, by what they are. Those that no card was made with for the longest go first. */
export const previewPictures = pgTable(
  "preview_pictures",
  {
    id: text().primaryKey(),
    body: bytea().notNull(),
    usedAt: moment().notNull(),
  },
  (t) => [index("preview_pictures_used").on(t.usedAt)],
)
