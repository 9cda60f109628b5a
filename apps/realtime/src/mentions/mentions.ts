import { AppError, type Packet, type Snowflake, type UnreadMentions } from "@hearth/core"
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
  unreadMentions,
} from "@hearth/db/mentions"
import type { MessageStore } from "@hearth/db/message-store"
import { readThreadMarks, type ThreadPlace } from "@hearth/db/threads"
import type { Connection, Feature, Publish } from "../connection.ts"
import type { Logger } from "../logger.ts"
import type { Timings } from "../timings.ts"
import { createTurns } from "./turns.ts"

export interface MentionsDeps {
  db: Database
  store: MessageStore
  access: AccessCache
  publish: Publish
  /** Whether the node may deliver: it may be out of date about who may view what. */
  fresh: () => boolean
  timings: Timings
  log: Logger
  /** Writes into a channel's log how the thread on a message stands. */
  tellThread: InThread["tell"]
}

export interface MentionsFeature extends Feature {
  /** This node stored something in a channel. */
  moved(packet: Packet): void
  /** What addresses somebody in a channel above their mark, or in all that they may view. */
  unreadOf(userId: Snowflake, channelId?: Snowflake): Promise<UnreadMentions>
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
  fresh,
  timings,
  log,
  tellThread,
}: MentionsDeps): MentionsFeature => {
  /** Their cursor is behind, and nobody waits for it. */
  const quiet = new Set<Snowflake>()
  const failed = (error: unknown, what: string): void =>
    log.warn({ err: error instanceof Error ? error.message : error }, what)

  /** Of a channel that this node does not know it has to be asked whether it is a thread. */
  const threadAt = async (channelId: Snowflake): Promise<ThreadPlace | undefined> => {
    await access.learn([channelId])
    return access.threadAt(channelId)
  }

  const turns = createTurns(async (channelId) => {
    quiet.delete(channelId)
    try {
      const place = await threadAt(channelId)
      const thread = place && { place, tell: tellThread }
      const { added, removed, more } = await consumeMentions(db, store, channelId, { thread })
      // Who is addressed in a thread follows it, and hears of it as its followers do.
      if (place) return more ? "more" : "done"
      for (const { room, ...mention } of removed) publish(room, "mention:removed", mention)
      for (const { room, at: _, ...mention } of added) publish(room, "mention:added", mention)
      return more ? "more" : "done"
    } catch (error) {
      if (error instanceof AppError && error.code === "UNKNOWN_CHANNEL") return "done"
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

  const readUnread = batched((userIds: Snowflake[]) =>
    unreadMentions(db, [...new Set(userIds)]).then((byUser) => userIds.map((id) => byUser.get(id) ?? {})),
  )
  const visible = (userId: Snowflake, mentions: UnreadMentions): UnreadMentions =>
    Object.fromEntries(Object.entries(mentions).filter(([id]) => access.can(userId, "VIEW_CHANNEL", id)))

  const unreadOf = async (userId: Snowflake, channelId?: Snowflake): Promise<UnreadMentions> => {
    if (channelId === undefined) return visible(userId, await readUnread(userId))
    const mine = (await unreadMentions(db, [userId], channelId)).get(userId)
    return visible(userId, { [channelId]: mine?.[channelId] ?? [] })
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
      // Also an answer or an edit: each reading may change the log of the channel that it hangs in.
      if (access.threadAt(channelId)) return soon(channelId)
      // What is written in a conversation addresses its people.
      if (access.guildOf(channelId) === channelId || items.some((m) => m.version > 1 || mayAddress(m)))
        return turns.take(channelId)
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
        (mentions) => fresh() && socket.emit("mention:unread", { mentions, all: true }),
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
