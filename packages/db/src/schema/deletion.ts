import { bigint, pgTable } from "drizzle-orm/pg-core"
import { snowflake } from "./columns.ts"
import { channels } from "./guild.ts"

/** Which messages of a channel were deleted, the newest, rising: they are not unread. The consumer of mentions keeps it. */
export const deletions = pgTable("deletions", {
  channelId: snowflake()
    .primaryKey()
    .references(() => channels.id, { onDelete: "cascade" }),
  seqs: bigint({ mode: "number" }).array().notNull(),
})
