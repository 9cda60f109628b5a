import { AppError, type Snowflake } from "@hearth/core"
import { schema, transact } from "@hearth/db"
import { and, asc, eq } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { holdPeople } from "../conversation/open.ts"
import { stateFor } from "./ask.ts"
import { befriend, part, tellAsked } from "./pair.ts"

const { friendRequests } = schema

const waiting = (id: Snowflake, me: Snowflake) =>
  and(eq(friendRequests.id, id), eq(friendRequests.toId, me), eq(friendRequests.state, "pending"))
const gone = () => new AppError("UNKNOWN_MEMBER", "This request is not there any more.")

export const accept = ({ db, session }: SignedIn, { requestId }: { requestId: Snowflake }) =>
  transact(db, async (tx): Promise<object> => {
    const me = session.userId
    const find = () => tx.select({ fromId: friendRequests.fromId }).from(friendRequests).where(waiting(requestId, me))
    const [row] = await find()
    if (!row) throw gone()
    await holdPeople(tx, [me, row.fromId])
    // It may have been taken back while they were waited for.
    if ((await find()).length === 0) throw gone()
    await befriend(tx, me, row.fromId)
    return {}
  })

/** For good: who asked is not told, and is not heard again. One may still ask them. */
export const decline = ({ db, session }: SignedIn, { requestId }: { requestId: Snowflake }) =>
  transact(db, async (tx): Promise<object> => {
    const me = session.userId
    const done = await tx
      .update(friendRequests)
      .set({ state: "declined" })
      .where(waiting(requestId, me))
      .returning({ id: friendRequests.id })
    if (done.length === 0) throw gone()
    await tellAsked(tx, me)
    return {}
  })

/** Takes back what one asked. That it was declined is remembered. */
export const cancel = ({ db, session }: SignedIn, { requestId }: { requestId: Snowflake }) =>
  transact(db, async (tx): Promise<object> => {
    const me = session.userId
    const mine = and(eq(friendRequests.id, requestId), eq(friendRequests.fromId, me))
    const [whose] = await tx.select({ toId: friendRequests.toId }).from(friendRequests).where(mine)
    const to = whose?.toId ?? null
    // As whoever asks or accepts: first the people, then what they asked.
    if (to !== null) await holdPeople(tx, [me, to])
    const [row] = await tx.select().from(friendRequests).where(mine).for("update")
    if (!row || row.withdrawn) return {}
    if (row.state === "declined") await tx.update(friendRequests).set({ withdrawn: true }).where(mine)
    else await tx.delete(friendRequests).where(mine)
    await tellAsked(tx, me)
    if (row.state !== "pending" || to === null) return {}
    // Asked in two ways, they heard of one. The other one goes on waiting, so from now on it is that one which they hear of.
    const [other] = await tx
      .select({ id: friendRequests.id })
      .from(friendRequests)
      .where(and(eq(friendRequests.fromId, me), eq(friendRequests.toId, to), eq(friendRequests.state, "silent")))
      .orderBy(asc(friendRequests.id))
      .limit(1)
    if (other) {
      const state = await stateFor(tx, me, to)
      await tx.update(friendRequests).set({ state }).where(eq(friendRequests.id, other.id))
    }
    await tellAsked(tx, to)
    return {}
  })

/** Both hear that it is over, and nothing more. */
export const remove = ({ db, session }: SignedIn, { userId }: { userId: Snowflake }) =>
  transact(db, async (tx): Promise<object> => {
    await holdPeople(tx, [session.userId, userId])
    await part(tx, session.userId, userId)
    return {}
  })
