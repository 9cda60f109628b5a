import {
  AppError,
  type EventPayload,
  mayLink,
  type Message,
  type Packet,
  type Snowflake,
  type UnreadMentions,
} from "@hearth/core"
import type { Database } from "@hearth/db"
import { type AccessCache, batched } from "@hearth/db/access"
import { isConversation } from "@hearth/db/conversations"
import { channelsAhead } from "@hearth/db/consumer"
import {
  consumeMentions,
  type InThread,
  mayAddress,
  MENTIONS,
  openAlertWords,
  unreadDeletions,
  type UnreadInThreads,
  unreadInThreads,
  unreadMentions,
} from "@hearth/db/mentions"
import type { MessageStore } from "@hearth/db/message-store"
import { readThreadMarks, type ThreadPlace } from "@hearth/db/threads"
import type { Connection, Feature, Publish } from "../connection.ts"
import type { Heads } from "../heads.ts"
import type { Logger } from "../logger.ts"
import type { Timings } from "../timings.ts"
import { createTurns } from "./turns.ts"

export interface MentionsDeps {
  db: Database
  store: MessageStore
  access: AccessCache
  publish: Publish
  heads: Pick<Heads, "deleted">
  /** Whether the node may deliver: it may be out of date about who may view what. */
  fresh: () => boolean
  timings: Timings
  /** The time of day, as the database has it. */
  now: () => number
  log: Logger
  /** Writes into a channel's log how the thread on a message stands. */
  tellThread: InThread["tell"]
  /** Messages with links are there to be looked at. Absent: nobody looks. */
  onLinks?: (() => void) | undefined
}

/** As `mention:unread` has it. */
export type Unread = Pick<EventPayload<"mention:unread">, "mentions" | "parents" | "deleted">

export interface MentionsFeature extends Feature {
  /** This node stored something in a channel. */
  moved(packet: Packet): void
  /** What addresses somebody in a channel or a thread above their mark, or in all that they may view; and what was deleted there. */
  unreadOf(userId: Snowflake, channelId?: Snowflake): Promise<Unread>
}

const AT_ONCE = 4
const SWEEP_AT_ONCE = 500

/**
 * The consumer of mentions on this node. What may address somebody wakes it at once; what cannot only moves a cursor, and waits.
 * What a dead node left, and what was woken in vain, the sweep finds.
 */
export const createMentions = ({
  db,
  store,
  access,
  publish,
  heads,
  fresh,
  timings,
  now,
  log,
  tellThread,
  onLinks,
}: MentionsDeps): MentionsFeature => {
  /** Their cursor is behind, and nobody waits for it. */
  const quiet = new Set<Snowflake>()
  /** What was deleted, until the consumer has it: of what is older than its cursor watches it hears by this alone. */
  const gone = new Map<Snowflake, Map<number, Message>>()
  const failed = (error: unknown, what: string): void =>
    log.warn({ err: error instanceof Error ? error.message : error }, what)

  /** Of a channel that this node does not know it has to be asked whether it is a thread. */
  const threadAt = async (channelId: Snowflake): Promise<ThreadPlace | undefined> => {
    await access.learn([channelId])
    return access.threadAt(channelId)
  }

  const remember = ({ channelId, items }: Packet): void => {
    for (const message of items) {
      if (!message.deleted) continue
      const those = gone.get(channelId) ?? new Map<number, Message>()
      gone.set(channelId, those.set(message.seq, message))
    }
  }
  const forget = (channelId: Snowflake, those: readonly Message[]): void => {
    const left = gone.get(channelId)
    for (const { seq } of those) left?.delete(seq)
    if (left?.size === 0) gone.delete(channelId)
  }

  const turns = createTurns(async (channelId) => {
    quiet.delete(channelId)
    try {
      const place = await threadAt(channelId)
      const thread = place && { place, tell: tellThread }
      const mine = [...(gone.get(channelId)?.values() ?? [])]
      const previews = onLinks && { now }
      const { added, removed, deleted, more, links } = await consumeMentions(db, store, channelId, {
        thread,
        previews,
        gone: mine,
      })
      if (!more) forget(channelId, mine)
      if (deleted) heads.deleted(channelId, deleted.seqs, deleted.room)
      if (links) onLinks?.()
      for (const { room, ...mention } of removed) publish(room, "mention:removed", mention)
      for (const { room, at: _, parentId, ...mention } of added)
        publish(room, "mention:added", { ...mention, ...(parentId !== null && { parentId }) })
      return more ? "more" : "done"
    } catch (error) {
      if (error instanceof AppError && error.code === "UNKNOWN_CHANNEL") {
        gone.delete(channelId)
        return "done"
      }
      failed(error, "mentions could not be read: the sweep comes back to it")
      quiet.add(channelId)
      return "done"
    }
  }, AT_ONCE)

  const words = openAlertWords(db, (error) =>
    failed(error, "keywords could not be read: what has them comes with the sweep"),
  )
  /** Whether it has somebody's keyword is known a moment later. */
  const lookForWords = async ({ channelId, items }: Packet): Promise<void> => {
    const said = items.flatMap((m) => (m.deleted ? [] : m.content))
    if (await words.mayAlert(channelId, said)) turns.take(channelId)
  }

  const sweep = async (): Promise<void> => {
    for (const channelId of quiet) turns.take(channelId)
    try {
      for (const channelId of await channelsAhead(db, MENTIONS, SWEEP_AT_ONCE)) turns.take(channelId)
    } catch (error) {
      failed(error, "channels with unread mentions could not be looked for")
    }
  }
  // Nodes that were started together need not sweep together.
  const timer = setInterval(() => void sweep(), timings.mentionsSweep * (0.8 + 0.4 * Math.random()))
  timer.unref()

  type All = [
    channels: UnreadMentions,
    threads: UnreadInThreads | undefined,
    deleted: NonNullable<Unread["deleted"]> | undefined,
  ]
  const readUnread = batched(async (userIds: Snowflake[]): Promise<All[]> => {
    const ids = [...new Set(userIds)]
    const [channels, threads, deleted] = await Promise.all([
      unreadMentions(db, ids),
      unreadInThreads(db, ids),
      unreadDeletions(db, ids),
    ])
    return userIds.map((id) => [channels.get(id) ?? {}, threads.get(id), deleted.get(id)])
  })
  const readUnreadIn = async (userId: Snowflake, channelId: Snowflake): Promise<All> => {
    if (access.threadAt(channelId)) return [{}, (await unreadInThreads(db, [userId], channelId)).get(userId), undefined]
    const mine = (await unreadMentions(db, [userId], channelId)).get(userId)
    const deleted = (await unreadDeletions(db, [userId], channelId)).get(userId)
    return [{ [channelId]: mine?.[channelId] ?? [] }, undefined, deleted]
  }

  const unreadOf = async (userId: Snowflake, channelId?: Snowflake): Promise<Unread> => {
    const [channels, threads, gone = {}] = await (channelId === undefined
      ? readUnread(userId)
      : readUnreadIn(userId, channelId))
    const views = (id: Snowflake): boolean => access.can(userId, "VIEW_CHANNEL", id)
    const visible = (all: Record<Snowflake, number[]>) => Object.entries(all).filter(([id]) => views(id))
    const parents = Object.entries(threads?.parents ?? {}).filter(([, parentId]) => views(parentId))
    const within = parents.map(([id]) => [id, threads?.mentions[id] ?? []] as const)
    const deleted = visible(gone)
    return {
      mentions: Object.fromEntries([...visible(channels), ...within]),
      ...(parents.length > 0 && { parents: Object.fromEntries(parents) }),
      ...(deleted.length > 0 && { deleted: Object.fromEntries(deleted) }),
    }
  }

  const threadMarks = batched((userIds: Snowflake[]) =>
    readThreadMarks(db, [...new Set(userIds)]).then((byUser) => userIds.map((id) => byUser.get(id) ?? [])),
  )

  /** What is written in a thread shows on the message that it hangs on: a burst of it once. */
  const gathering = new Map<Snowflake, NodeJS.Timeout>()
  const soon = (channelId: Snowflake): void => {
    if (gathering.has(channelId)) return
    const take = (): void => {
      gathering.delete(channelId)
      turns.take(channelId)
    }
    gathering.set(channelId, setTimeout(take, timings.threadLine))
  }

  return {
    handlers: {},
    moved(packet) {
      const { channelId, items } = packet
      remember(packet)
      // Also an answer or an edit: each reading may change the log of the channel that it hangs in.
      if (access.threadAt(channelId)) return soon(channelId)
      const links = onLinks && items.some((m) => !m.previews && mayLink(m.content))
      // What is written in a conversation addresses its people.
      const direct = access.guildOf(channelId) === channelId
      if (links || direct || items.some((m) => m.version > 1 || mayAddress(m))) return turns.take(channelId)
      const isKnown = access.guildOf(channelId) !== undefined || quiet.has(channelId)
      quiet.add(channelId)
      void lookForWords(packet)
      if (isKnown) return
      // Stored here for another node. What cannot be asked now the sweep finds.
      threadAt(channelId)
        .then(async (place) => {
          if (place) soon(channelId)
          else if (await isConversation(db, channelId)) turns.take(channelId)
        })
        .catch(() => {})
    },
    changed: words.changed,
    missed: words.missed,
    unreadOf,
    /**
     * The rooms are joined: what is said from here on is heard, what was said before is read. A node that is out of date by then
     * says nothing: it has everybody connect anew.
     */
    opened({ socket, userId }: Connection) {
      unreadOf(userId).then(
        (unread) => fresh() && socket.emit("mention:unread", { ...unread, all: true }),
        (error: unknown) => failed(error, "unread mentions could not be read"),
      )
      // `thread:unread` is told again to who was away, what they read meanwhile elsewhere is not.
      threadMarks(userId).then(
        (marks) => {
          const readStates = marks.flatMap(({ parentId, ...mark }) =>
            access.can(userId, "VIEW_CHANNEL", parentId) ? mark : [],
          )
          if (readStates.length > 0 && fresh()) socket.emit("reads:marked", { readStates })
        },
        (error: unknown) => failed(error, "marks of threads could not be read"),
      )
    },
    async close() {
      clearInterval(timer)
      // What waits to be gathered is read now: of an edit no sweep would know.
      for (const [channelId, waiting] of gathering) {
        clearTimeout(waiting)
        turns.take(channelId)
      }
      await turns.close()
    },
  }
}
