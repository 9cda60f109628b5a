import type { Bootstrap, CatchUpItem, Channel, Snowflake } from "@hearth/core"
import { mentionsIn, unreadOf } from "../gateway/unread.ts"
import { threadsLeft } from "../thread/left.ts"

/** What is left of one channel or thread, as this browser knows it by now. */
export interface Entry {
  item: CatchUpItem
  /** Of a thread: the channel that it hangs in, under the thread's id. */
  channel: Channel
  server: string
  asks: number
  unread: number
}

/** The newest message of a thread that this browser was told of and that was not read. 0: none. */
const toldOf = (b: Bootstrap, id: Snowflake): number =>
  Math.max(b.threads?.find((t) => t.id === id)?.head ?? 0, ...(b.mentions?.[id] ?? []))
const readOf = (b: Bootstrap, { id, lastReadSeq }: NonNullable<CatchUpItem["thread"]>): number =>
  Math.max(lastReadSeq, b.threadReads?.[id] ?? 0)

/** What is left of what the server told: read, left and deleted channels are passed by. First what asks for the reader. */
export const entriesOf = (
  b: Bootstrap,
  items: readonly CatchUpItem[],
): Record<"asks" | "threads" | "moved", Entry[]> => {
  const asks: Entry[] = []
  const threads: Entry[] = []
  const moved: Entry[] = []
  const seen = new Set<Snowflake>()
  for (const item of items) {
    // Conversations have a list of their own.
    const home = b.guilds.find((g) => g.guild.id === item.guildId && !g.conversation)
    const channel = home?.channels.find((c) => c.id === item.channelId)
    const { thread } = item
    const id = thread?.id ?? item.channelId
    const told = thread ? toldOf(b, id) : 0
    const isLeft = !thread || told > 0
    const unread = thread ? Math.max(told, thread.replies) - readOf(b, thread) : unreadOf(b, id)
    // Between two pages a channel may move from one part of the list to the other.
    if (!home || !channel || !isLeft || unread === 0 || seen.has(id)) continue
    seen.add(id)
    const entry = { item, channel: { ...channel, id }, server: home.guild.name, asks: mentionsIn(b, id), unread }
    ;(thread ? threads : entry.asks > 0 ? asks : moved).push(entry)
  }
  return { asks, threads, moved }
}

/** The one after or before; the ends stay where they are. Null: there is none. */
export const stepFrom = (all: readonly Entry[], channelId: Snowflake | undefined, by: 1 | -1): Entry | null => {
  const at = all.findIndex((e) => e.channel.id === channelId)
  return all[at === -1 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))] ?? null
}

/** Where one goes when this one is done: on, or back to what is left. */
export const afterDone = (all: readonly Entry[], channelId: Snowflake): Entry | null => {
  const at = all.findIndex((e) => e.channel.id === channelId)
  const left = all.filter((e) => e.channel.id !== channelId)
  return left[Math.min(Math.max(at, 0), left.length - 1)] ?? null
}

/** How many channels and threads have something unread: also those that the list has not come to. */
export const unreadPlaces = (b: Bootstrap): number =>
  b.guilds.reduce(
    (n, g) => n + (g.conversation ? [] : g.channels).filter((c) => unreadOf(b, c.id) > 0).length,
    threadsLeft(b).length,
  )
