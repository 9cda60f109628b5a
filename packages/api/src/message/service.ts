import type { Page, PageCursor, Snowflake, UserCard } from "@hearth/core"
import { sharedReads } from "@hearth/db/access"
import type { MessageStore } from "@hearth/db/message-store"
import { requireViewer } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { cardsOf } from "../user/service.ts"

interface Shown {
  page: Page
  users: UserCard[]
}

const shares = new WeakMap<MessageStore, ReturnType<typeof sharedReads<Shown>>>()

/** A page of history and who wrote it. A store that is away is UNAVAILABLE, never an empty page. */
export const page = async (
  { db, store, session }: SignedIn,
  { channelId, limit, ...cursor }: PageCursor & { channelId: Snowflake; limit: number },
): Promise<Shown> => {
  await requireViewer(db, channelId, session.userId)
  const share = shares.get(store) ?? sharedReads<Shown>()
  shares.set(store, share)
  const { before, after, around } = cursor
  // Many who open the same at once, as when everybody is called to one channel, share a read that began after they asked.
  return share([channelId, limit, before, after, around].join(), async () => {
    const found = await store.page(channelId, cursor, limit)
    return {
      page: found,
      users: await cardsOf(
        db,
        found.messages.map((m) => m.authorId),
      ),
    }
  })
}
