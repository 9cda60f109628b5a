import type { Snowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { inArray } from "drizzle-orm"
import type { SignedIn } from "../context.ts"

const { threads } = schema

/** Of the channels that are threads: the channel that each hangs in. */
export const threadsAmong = async (db: SignedIn["db"], ids: Snowflake[]): Promise<Map<Snowflake, Snowflake>> => {
  const rows = await db
    .select({ id: threads.id, channelId: threads.channelId })
    .from(threads)
    .where(inArray(threads.id, ids))
  return new Map(rows.map(({ id, channelId }) => [id, channelId]))
}
