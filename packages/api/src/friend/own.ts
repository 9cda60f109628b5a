import { randomInt } from "node:crypto"
import { FRIEND_CODE_LENGTH, FRIEND_CODE_LETTERS, type FriendRules, userRoom } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import { eq } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

const { friendRules } = schema

const newCode = (): string =>
  Array.from({ length: FRIEND_CODE_LENGTH }, () => FRIEND_CODE_LETTERS[randomInt(FRIEND_CODE_LETTERS.length)]).join("")

/** One's code, and whether one may be asked. The code is made when it is first asked for. */
const own = async ({ db, session }: SignedIn): Promise<{ code: string; open: boolean }> => {
  const { userId } = session
  for (;;) {
    const [row] = await db.select().from(friendRules).where(eq(friendRules.userId, userId))
    if (row) return row
    // A code that somebody has: another one.
    await db.insert(friendRules).values({ userId, code: newCode() }).onConflictDoNothing()
  }
}

export const code = async (ctx: SignedIn): Promise<{ code: string }> => ({ code: (await own(ctx)).code })

/** Another code: by the old one nobody is found any more. */
export const renewCode = async (ctx: SignedIn): Promise<{ code: string }> => {
  const { db, session } = ctx
  await takeLimits(ctx, { friendByAccount: session.userId })
  const before = await own(ctx)
  for (;;) {
    const fresh = newCode()
    const taken = await db.select().from(friendRules).where(eq(friendRules.code, fresh))
    if (taken.length > 0 || fresh === before.code) continue
    await db.update(friendRules).set({ code: fresh }).where(eq(friendRules.userId, session.userId))
    return { code: fresh }
  }
}

export const rules = async (ctx: SignedIn): Promise<FriendRules> => ({ open: (await own(ctx)).open })

export const setRules = async (ctx: SignedIn, { open }: FriendRules): Promise<FriendRules> => {
  const { userId } = ctx.session
  await takeLimits(ctx, { statusByAccount: userId })
  await own(ctx)
  await transact(ctx.db, async (tx) => {
    await tx.update(friendRules).set({ open }).where(eq(friendRules.userId, userId))
    addToOutbox(tx, userRoom(userId), "rules:updated", { open }, { userId })
  })
  return { open }
}
