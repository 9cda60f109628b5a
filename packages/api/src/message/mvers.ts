import { type Mvers, PAGE_LIMIT, type Snowflake } from "@hearth/core"
import { requireViewer } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

/** What a client compares with what it holds: the messages' versions, without the messages. */
export const mvers = async (
  ctx: SignedIn,
  { channelId, from, limit }: { channelId: Snowflake; from: number; limit: number },
): Promise<Mvers> => {
  const { db, store, session } = ctx
  await requireViewer(db, channelId, session.userId)
  await takeLimits(ctx, { checkByAccount: session.userId })
  const found: Mvers = { mvers: [], head: 0 }
  while (found.mvers.length < limit) {
    const wanted = Math.min(PAGE_LIMIT, limit - found.mvers.length)
    const page = await store.page(channelId, { after: from - 1 + found.mvers.length }, wanted)
    found.head = page.head
    found.mvers.push(...page.messages.map((m) => m.mver))
    if (page.messages.length < wanted) break
  }
  return found
}
