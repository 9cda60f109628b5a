import { type OwnStatus, type SetStatusRequest, userRoom } from "@hearth/core"
import { addToOutbox, transact } from "@hearth/db"
import { holdUser } from "@hearth/db/later"
import { statusOf } from "@hearth/db/status"
import { sql } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

/** One change of a person's status after the other. All nodes hear it in one order, and so do the person's devices: nobody else. */
export const set = async (ctx: SignedIn, { state, custom }: SetStatusRequest): Promise<OwnStatus> => {
  const { userId } = ctx.session
  await takeLimits(ctx, { statusByAccount: userId })
  return transact(ctx.db, async (tx) => {
    await holdUser(tx, userId)
    const chosen = state ?? (await statusOf(tx, userId))?.state ?? "online"
    const [text, emoji, forMs] = [custom?.text ?? "", custom?.emoji ?? null, custom?.forMs ?? null]
    // By the database's clock, which nodes keep time by.
    const until = sql`clock_timestamp() + ${forMs}::float8 * interval '1 millisecond'`
    await tx.execute(sql`
      insert into user_status (user_id, state, text, emoji, expires_at, version)
      values (${userId}::bigint, ${chosen}, ${text}, ${emoji}, ${until}, 1)
      on conflict (user_id) do update set state = excluded.state, version = user_status.version + 1 ${
        custom === undefined
          ? sql``
          : sql`, text = excluded.text, emoji = excluded.emoji, expires_at = excluded.expires_at`
      }`)
    const own = await statusOf(tx, userId)
    if (!own) throw new Error("the status was not kept")
    addToOutbox(tx, userRoom(userId), "status:updated", own, { userId })
    return own
  })
}
