import { AppError, type Snowflake } from "@hearth/core"
import { schema, transact } from "@hearth/db"
import { and, eq } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { holdPeople } from "../conversation/open.ts"
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
    const [row] = await tx.select().from(friendRequests).where(mine).for("update")
    if (!row || row.withdrawn) return {}
    if (row.state === "declined") await tx.update(friendRequests).set({ withdrawn: true }).where(mine)
    else await tx.delete(friendRequests).where(mine)
    await tellAsked(tx, me)
    if (row.state === "pending" && row.toId !== null) await tellAsked(tx, row.toId)
    return {}
  })

/** Both hear that it is over, and nothing more. */
export const remove = ({ db, session }: SignedIn, { userId }: { userId: Snowflake }) =>
  transact(db, async (tx): Promise<object> => {
    await holdPeople(tx, [session.userId, userId])
    await part(tx, session.userId, userId)
    return {}
  })
