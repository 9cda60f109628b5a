import { type Chosen, type OwnStatus, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, type Database, transact } from "@hearth/db"
import { statusOf } from "@hearth/db/status"
import { sql } from "drizzle-orm"

export interface TestStatus {
  state: Chosen
  text?: string
  emoji?: string
  /** The line runs out after so many ms. */
  forMs?: number
}

/** How somebody wants to be seen from now on, as the service keeps and tells it. */
export const setStatus = (
  db: Database,
  { id: userId }: { id: Snowflake },
  { state, text = "", emoji, forMs }: TestStatus,
): Promise<OwnStatus> =>
  transact(db, async (tx) => {
    await tx.execute(sql`
      insert into user_status (user_id, state, text, emoji, expires_at, version)
      values (${userId}::bigint, ${state}, ${text}, ${emoji ?? null}, clock_timestamp() + ${forMs ?? null}::float8 * interval '1 millisecond', 1)
      on conflict (user_id) do update set state = excluded.state, text = excluded.text, emoji = excluded.emoji,
        expires_at = excluded.expires_at, version = user_status.version + 1`)
    const own = await statusOf(tx, userId)
    if (!own) throw new Error("the status was not kept")
    addToOutbox(tx, userRoom(userId), "status:updated", own, { userId })
    return own
  })
