import { AppError, FileKey, type Snowflake } from "@hearth/core"
import { type Database, schema, type Transaction, transact } from "@hearth/db"
import { eq } from "drizzle-orm"
import { requireViewer, unknownChannel } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { putNew, takeNew, tidy } from "../file-store/dropped.ts"
import { takeLimits } from "../limits.ts"
import { requireOwner, tellAll } from "./group.ts"

const { conversations } = schema

const change = async (tx: Transaction, id: Snowflake, userId: Snowflake, icon: string | null): Promise<void> => {
  const own = await requireOwner(tx, id, userId)
  if ((own.icon ?? null) === icon) return
  await tx.update(conversations).set({ icon }).where(eq(conversations.id, id))
  await tellAll(tx, id)
}

/**
 * Gives a group a picture, for who may name it. `read` is asked for its bytes once it is known that they may: UNKNOWN_CHANNEL,
 * FORBIDDEN, RATE_LIMITED; TOO_LARGE; BAD_REQUEST for what is no picture. `confirm` throws when whoever asked is not here any more:
 * a body may take its time.
 */
export const setIcon = async (
  ctx: SignedIn,
  {
    conversationId: id,
    read,
    confirm,
  }: { conversationId: Snowflake; read: () => Promise<Uint8Array>; confirm: () => Promise<void> },
): Promise<{ icon: string }> => {
  const { db, session, files, makeIcon } = ctx
  await takeLimits(ctx, { pictureByAccount: session.userId })
  await db.transaction((tx) => requireOwner(tx, id, session.userId))
  const made = await makeIcon(await read())
  if (!made) throw new AppError("BAD_REQUEST", "No icon can be made of that. Take a picture as PNG, JPEG, WebP or GIF.")
  const file = await putNew(db, files, made)
  await confirm()
  await transact(db, async (tx) => {
    // Asked once more: meanwhile they may have handed it on.
    await change(tx, id, session.userId, file.key)
    await takeNew(tx, file)
  })
  await tidy(ctx)
  return { icon: file.key }
}

/** Takes it away. Where there is none, nothing changes. */
export const removeIcon = async (
  ctx: SignedIn,
  { conversationId: id }: { conversationId: Snowflake },
): Promise<object> => {
  await transact(ctx.db, (tx) => change(tx, id, ctx.session.userId, null))
  await tidy(ctx)
  return {}
}

/** Whether it is the icon of a group that somebody is in now. To everybody else it does not exist. */
export const hasIcon = async (
  db: Database,
  { icon, userId }: { icon: string; userId: Snowflake },
): Promise<boolean> => {
  if (!FileKey.safeParse(icon).success) return false
  const [found] = await db.select({ id: conversations.id }).from(conversations).where(eq(conversations.icon, icon))
  if (!found) return false
  try {
    await requireViewer(db, found.id, userId)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === unknownChannel().code) return false
    throw error
  }
}
