import { and, asc, eq, gt } from "drizzle-orm"
import type { Database } from "../client.ts"
import { scheduledMessages } from "../schema/index.ts"
import { type Bodies, scheduledPlace } from "./bodies.ts"

const ROWS = 500

/** Puts every scheduled message under the first key. Answers how many it rewrote. May be run again. */
export const rotateScheduled = async (
  { db, bodies }: { db: Database; bodies: Bodies },
  { signal }: { signal?: AbortSignal } = {},
): Promise<number> => {
  let rewritten = 0
  for (let after = "0"; ; ) {
    signal?.throwIfAborted()
    const rows = await db
      .select({ id: scheduledMessages.id, userId: scheduledMessages.userId, body: scheduledMessages.body })
      .from(scheduledMessages)
      .where(gt(scheduledMessages.id, after))
      .orderBy(asc(scheduledMessages.id))
      .limit(ROWS)
    for (const { id, userId, body } of rows) {
      if (bodies.isCurrent(body)) continue
      const place = scheduledPlace(userId, id)
      // What was written meanwhile is under the newest key already.
      const done = await db
        .update(scheduledMessages)
        .set({ body: bodies.seal(bodies.open(body, place), place) })
        .where(and(eq(scheduledMessages.id, id), eq(scheduledMessages.body, body)))
      rewritten += done.rowCount ?? 0
    }
    const last = rows.at(-1)
    if (!last) return rewritten
    after = last.id
  }
}
