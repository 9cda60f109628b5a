import { type Snowflake, sessionRoom } from "@hearth/core"
import { addToOutbox, schema, type Transaction } from "@hearth/db"
import { and, eq, ne } from "drizzle-orm"

const { sessions } = schema

/** Ends one session, or all but one, of a user: the rows go, and every gateway node hears of it. Answers how many ended. */
export const endSessions = async (
  tx: Transaction,
  userId: Snowflake,
  which: { only: string } | { except: string },
): Promise<number> => {
  const ended = await tx
    .delete(sessions)
    .where(
      and(eq(sessions.userId, userId), "only" in which ? eq(sessions.id, which.only) : ne(sessions.id, which.except)),
    )
    .returning({ id: sessions.id })
  for (const { id } of ended) {
    // The device hears why before nodes close its sockets.
    addToOutbox(tx, sessionRoom(id), "session:ended", {}, { userId })
    addToOutbox(tx, "node", "session:revoked", { sessionId: id, userId }, { userId })
  }
  return ended.length
}
