import type { Message, Snowflake, UserCard } from "@hearth/core"
import { schema } from "@hearth/db"
import { loadChannels, visibleTo } from "@hearth/db/access"
import { and, eq } from "drizzle-orm"
import { requireViewer } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { byIds } from "../user/service.ts"
import { page } from "./service.ts"

/** What a channel begins with, for who draws it without a client: the newest messages, and all names in them that the reader may know. */
export interface Opening {
  messages: Message[]
  head: number
  lastReadSeq: number
  people: ReadonlyMap<Snowflake, UserCard>
  roles: ReadonlyMap<Snowflake, string>
  channels: ReadonlyMap<Snowflake, string>
}

const named = (messages: readonly Message[], sign: RegExp): Snowflake[] => [
  ...new Set(messages.flatMap(({ content }) => [...content.matchAll(sign)].map(([, id = ""]) => id))),
]

/** Throws as `message.page` does. */
export const opening = async (
  ctx: SignedIn,
  { channelId, limit }: { channelId: Snowflake; limit: number },
): Promise<Opening> => {
  const { db, session } = ctx
  const { readStates } = schema
  const [shown, [mark]] = await Promise.all([
    page(ctx, { channelId, limit }),
    db
      .select({ lastReadSeq: readStates.lastReadSeq })
      .from(readStates)
      .where(and(eq(readStates.userId, session.userId), eq(readStates.channelId, channelId))),
  ])
  const { messages, head } = shown.page
  const people = new Map(shown.users.map((card) => [card.id, card]))
  const others = named(messages, /<@([1-9][0-9]{0,18})>/g).filter((id) => !people.has(id))
  if (others.length > 0)
    for (const card of await byIds(ctx, { userIds: others.slice(0, 100) })) people.set(card.id, card)
  const opening = { messages, head, lastReadSeq: mark?.lastReadSeq ?? 0, people, roles: new Map(), channels: new Map() }
  if (!messages.some(({ content }) => /<(?:@&|#)[1-9]/.test(content))) return opening
  const { access } = await requireViewer(db, channelId, session.userId)
  const visible = visibleTo(access, await loadChannels(db, [access.guild.id]))
  return {
    ...opening,
    roles: new Map(access.roles.map(({ id, name }) => [id, name])),
    channels: new Map(visible.map(({ channel }) => [channel.id, channel.name])),
  }
}
