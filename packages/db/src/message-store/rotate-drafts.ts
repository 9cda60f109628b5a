import { and, asc, eq, sql } from "drizzle-orm"
import type { Database } from "../client.ts"
import { drafts } from "../schema/index.ts"
import { type Bodies, draftPlace } from "./bodies.ts"

const ROWS = 500

/** Puts every draft under the first key, while people go on writing. Answers how many it rewrote. May be run again. */
export const rotateDrafts = async (
  { db, bodies }: { db: Database; bodies: Bodies },
  { signal }: { signal?: AbortSignal } = {},
): Promise<number> => {
  let rewritten = 0
  for (let after: [string, string] = ["0", "0"]; ; ) {
    signal?.throwIfAborted()
    const rows = await db
      .select({ userId: drafts.userId, channelId: drafts.channelId, body: drafts.body })
      .from(drafts)
      .where(sql`(${drafts.userId}, ${drafts.channelId}) > (${after[0]}::bigint, ${after[1]}::bigint)`)
      .orderBy(asc(drafts.userId), asc(drafts.channelId))
      .limit(ROWS)
    for (const { userId, channelId, body } of rows) {
      if (bodies.isCurrent(body)) continue
      const place = draftPlace(userId, channelId)
      // What was written meanwhile is under the newest key already. No version moves: to its reader it says the same.
      const done = await db
        .update(drafts)
        .set({ body: bodies.seal(bodies.open(body, place), place) })
        .where(and(eq(drafts.userId, userId), eq(drafts.channelId, channelId), eq(drafts.body, body)))
      rewritten += done.rowCount ?? 0
    }
    const last = rows.at(-1)
    if (!last) return rewritten
    after = [last.userId, last.channelId]
  }
}
