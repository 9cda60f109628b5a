import { bigint, pgTable, primaryKey, timestamp } from "drizzle-orm/pg-core"
import { users } from "./account.ts"
import { snowflake } from "./columns.ts"
import { channels } from "./guild.ts"

/** Beside the channel, not in its log: whatever store holds that, a pin is a change of the channel, told by the outbox. */
export const pins = pgTable(
  "pins",
  {
    channelId: snowflake()
      .notNull()
      .references(() => channels.id, { onDelete: "cascade" }),
    seq: bigint({ mode: "number" }).notNull(),
    pinnedBy: snowflake().references(() => users.id, { onDelete: "set null" }),
    pinnedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  // Never more than fifty a channel: their order needs no index.
  (t) => [primaryKey({ columns: [t.channelId, t.seq] })],
)
