import { Portrait, presenceRoom, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, cardColumns, schema, toCard, transact } from "@hearth/db"
import { eq } from "drizzle-orm"
import type { Deps } from "../context.ts"

const { users } = schema

/** Gives somebody a drawn face, and tells whoever knows them. */
export const setPortrait = async ({ db }: Pick<Deps, "db">, userId: Snowflake, portrait: string): Promise<void> =>
  transact(db, async (tx) => {
    const [row] = await tx
      .update(users)
      .set({ portrait: Portrait.parse(portrait) })
      .where(eq(users.id, userId))
      .returning(cardColumns)
    if (!row) return
    addToOutbox(tx, userRoom(userId), "me:updated", toCard(row), { userId })
    addToOutbox(tx, presenceRoom(userId), "user:updated", toCard(row), { userId })
  })
