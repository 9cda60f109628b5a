import { type Snowflake, userRoom } from "@hearth/core"
import type { Database } from "@hearth/db"
import type { AccessCache } from "@hearth/db/access"
import { sql } from "drizzle-orm"
import type { Publish } from "../connection.ts"
import type { Logger } from "../logger.ts"

export interface ReadOwnDeps {
  db: Database
  access: Pick<AccessCache, "threadAt">
  publish: Publish
  log: Logger
}

/**
 * What one forwards to a channel or has sent at its time is no news to oneself: who had read everything before it has read it, too, on
 * all devices. Who looks says so by `read:mark`, and in threads the consumer of mentions sees to it. The message is stored
 * whatever comes of this.
 */
export const createReadOwn =
  ({ db, access, publish, log }: ReadOwnDeps) =>
  async (userId: Snowflake, channelId: Snowflake, seq: number): Promise<void> => {
    if (access.threadAt(channelId)) return
    try {
      const { rowCount } = await db.execute(sql`
        insert into read_states as r (user_id, channel_id, last_read_seq)
        select ${userId}::bigint, id, ${seq}::int from channels where id = ${channelId}::bigint and (${seq}::int = 1 or exists (
          select from read_states where user_id = ${userId}::bigint and channel_id = ${channelId}::bigint))
        on conflict (user_id, channel_id) do update set last_read_seq = excluded.last_read_seq
          where r.last_read_seq = excluded.last_read_seq - 1`)
      if (rowCount) publish(userRoom(userId), "read:marked", { channelId, lastReadSeq: seq })
    } catch (error) {
      log.warn(
        { err: error instanceof Error ? error.message : error, channelId, seq },
        "one's own message stays unread",
      )
    }
  }
