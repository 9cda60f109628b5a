import { type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, type Database, schema, transact } from "@hearth/db"
import { and, eq } from "drizzle-orm"
import type { TestUser } from "./factories.ts"

const pairOf = (a: Snowflake, b: Snowflake) =>
  BigInt(a) < BigInt(b) ? { lowId: a, highId: b } : { lowId: b, highId: a }

/** Friends, as the service makes them. */
export const makeFriends = (db: Database, a: TestUser, b: TestUser): Promise<void> =>
  transact(db, async (tx) => {
    await tx.insert(schema.friendships).values(pairOf(a.id, b.id))
    for (const [to, of] of [
      [a, b],
      [b, a],
    ] as const) {
      const user = { id: of.id, displayName: of.displayName }
      addToOutbox(tx, userRoom(to.id), "friend:added", { user, asked: 0 }, { userId: to.id })
    }
  })

export const partFriends = (db: Database, a: TestUser, b: TestUser): Promise<void> =>
  transact(db, async (tx) => {
    const { lowId, highId } = pairOf(a.id, b.id)
    await tx
      .delete(schema.friendships)
      .where(and(eq(schema.friendships.lowId, lowId), eq(schema.friendships.highId, highId)))
    addToOutbox(tx, userRoom(a.id), "friend:removed", { userId: b.id }, { userId: a.id })
    addToOutbox(tx, userRoom(b.id), "friend:removed", { userId: a.id }, { userId: b.id })
  })

/** What a block does to what nodes know. */
export const setBlock = (db: Database, by: TestUser, user: TestUser, blocked: boolean): Promise<void> =>
  transact(db, async (tx) => {
    const row = { userId: by.id, blockedId: user.id }
    if (blocked) await tx.insert(schema.blocks).values(row).onConflictDoNothing()
    else
      await tx.delete(schema.blocks).where(and(eq(schema.blocks.userId, by.id), eq(schema.blocks.blockedId, user.id)))
    addToOutbox(tx, "node", "block:changed", { ...row, blocked }, { userId: user.id })
  })
