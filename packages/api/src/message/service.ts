import type { Page, PageCursor, Snowflake, UserCard } from "@hearth/core"
import { requireViewer } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { cardsOf } from "../user/service.ts"

/** A page of history and who wrote it. A store that is away is UNAVAILABLE, never an empty page. */
export const page = async (
  { db, store, session }: SignedIn,
  { channelId, limit, ...cursor }: PageCursor & { channelId: Snowflake; limit: number },
): Promise<{ page: Page; users: UserCard[] }> => {
  await requireViewer(db, channelId, session.userId)
  const found = await store.page(channelId, cursor, limit)
  return {
    page: found,
    users: await cardsOf(
      db,
      found.messages.map((m) => m.authorId),
    ),
  }
}
