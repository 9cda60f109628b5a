import {
  AppError,
  type Changes,
  channelRoom,
  type EventPayload,
  type Marks,
  type Message,
  type ResumeChannel,
} from "@hearth/core"
import { type AccessCache, sharedReads } from "@hearth/db/access"
import type { Head, MessageStore } from "@hearth/db/message-store"
import type { Connection, Handlers } from "../connection.ts"
import type { Heads } from "../heads.ts"
import type { Logger } from "../logger.ts"
import type { Metrics } from "../metrics.ts"
import type { Pulling } from "../pulling/pulling.ts"
import { createPace } from "../pace.ts"
import { openChannels } from "../rooms.ts"
import type { Sizes, Timings } from "../timings.ts"
import { requireChannel } from "./messages.ts"

export interface ChannelDeps {
  access: AccessCache
  store: MessageStore
  heads: Heads
  pulling: Pick<Pulling, "since">
  metrics: Metrics
  timings: Timings
  sizes: Sizes
  log: Logger
  isSlow: (socket: Connection["socket"]) => boolean
  /** Throws while the node may be out of date about who may view what. */
  requireFresh: () => void
  /** A client said that it holds these rows. */
  onConfirmed: (channelId: string, rows: readonly Message[]) => void
}

type Part = EventPayload<"channel:resumed">
interface Answer {
  channelId: string
  ok: boolean
  code?: string
  retryAfterMs?: number
}

/** In parts of a bounded size. Marks come with the last one: a client that got less than all must not believe that it has all. */
export const partsOf = (channelId: string, changes: Changes, maxBytes: number): Part[] => {
  const parts: Part[] = []
  const { head, marks } = changes
  let messages: Message[] = []
  let changed: Message[] = []
  let bytes = 0
  const close = (more: boolean): void => {
    const reset = changes.reset && parts.length === 0
    parts.push({ channelId, reset, messages, changed, marks: more ? {} : marks, head, more })
    messages = []
    changed = []
    bytes = 0
  }
  const add = (list: "messages" | "changed", message: Message): void => {
    // 16 KB of text may be more as JSON; what else is in a row is little.
    const size = 512 + Buffer.byteLength(JSON.stringify(message.content)) + 32 * Object.keys(message.reactions).length
    if (bytes > 0 && bytes + size > maxBytes) close(true)
    bytes += size
    if (list === "messages") messages.push(message)
    else changed.push(message)
  }
  for (const message of changes.messages) add("messages", message)
  for (const message of changes.changed) add("changed", message)
  close(false)
  return parts
}

const sameMarks = (a: Marks, b: Marks): boolean => {
  const scopes = Object.keys(a)
  return scopes.length === Object.keys(b).length && scopes.every((scope) => a[scope] === b[scope])
}

/** So often an answer is read anew because something was said while it waited for its turn. A client that heard that applies it again. */
const MAX_LAPS = 3

export const channelHandlers = (deps: ChannelDeps) => {
  const { access, store, heads, pulling, metrics, timings, sizes, log, isSlow, requireFresh, onConfirmed } = deps
  const share = sharedReads<Changes>()
  /** Begins after it was asked for. Many who ask for the same, as after a restart, share one. */
  const read = ({ channelId, span, marks }: ResumeChannel): Promise<Changes> =>
    share(JSON.stringify([channelId, span, marks]), () => {
      metrics.resumeReads.inc()
      return store.since(channelId, span, marks)
    })

  const shareHead = sharedReads<Head>()
  /**
   * The answer to who lacks nothing, by how far the store has come and no row: most of a crowd that comes back after a short
   * break. null: something may be missing. Who has more than the newest scope is not told by it.
   */
  const nothing = async ({ channelId, span, marks }: ResumeChannel): Promise<Changes | null> => {
    if (!span || heads.known(channelId) > span.to) return null
    const now = await shareHead(channelId, () => {
      metrics.resumeHeads.inc()
      return store.head(channelId)
    })
    return now.head === span.to && sameMarks(now.marks, marks)
      ? { reset: false, messages: [], changed: [], ...now }
      : null
  }

  const readAll = async (asked: ResumeChannel): Promise<Changes> => {
    const { channelId } = asked
    let changes = (await nothing(asked)) ?? (await read(asked))
    // A packet that left for this room while the store was read came before this answer, to a client that may have had
    // nothing to apply it to: then the answer has to contain it.
    for (let again = 0; again < 3 && heads.isAhead(channelId, changes); again++) changes = await read(asked)
    heads.learned(channelId, changes.head, changes.marks)
    return changes
  }

  // One read answers a crowd: all of them in one go would hold up everything else, so that more fall behind, and ask.
  const pace = createPace(timings.fanOutSlice)
  const cut = new WeakMap<Changes, Part[]>()
  const partsFor = (channelId: string, changes: Changes): Part[] => {
    const parts = cut.get(changes) ?? partsOf(channelId, changes, sizes.resumePartBytes)
    cut.set(changes, parts)
    return parts
  }

  const turns = new Map<string, Promise<unknown>>()
  /** One after the other for one channel of one socket: a resume that fails must not leave the room that another one opened. */
  const inTurn = async (asked: ResumeChannel, connection: Connection): Promise<void> => {
    const key = `${connection.socket.id} ${asked.channelId}`
    const turn = Promise.resolve(turns.get(key)).then(() => resume(asked, connection))
    const settled = turn.catch(() => {})
    turns.set(key, settled)
    try {
      await turn
    } finally {
      if (turns.get(key) === settled) turns.delete(key)
    }
  }

  /** Joins first, then reads: what is stored in between comes both ways, and never neither. */
  const resume = async (asked: ResumeChannel, connection: Connection): Promise<void> => {
    const { channelId } = asked
    const { socket } = connection
    requireChannel(access, connection, channelId)
    const room = channelRoom(channelId)
    const wasOpen = socket.rooms.has(room)
    if (!wasOpen && openChannels(connection).length >= sizes.openChannels)
      throw new AppError("TOO_MANY", "Too many channels are open.")
    await socket.join(room)
    try {
      // Who has just come is answered by the store, and then by what was heard since.
      const heard = wasOpen ? pulling.since(asked) : null
      let changes = heard ?? (await readAll(asked))
      for (let lap = 0; ; lap++) {
        const turn = pace.turn()
        if (!turn) break
        await turn
        if (!socket.connected) throw new Error("gone while it waited")
        // What left for the room meanwhile has to be in it. To who asks by themselves nothing did.
        if (heard || lap === MAX_LAPS || !heads.isAhead(channelId, changes)) break
        changes = await readAll(asked)
      }
      // What a turn is for has to be done in it: from here to the first part nothing waits.
      for (const part of partsFor(channelId, changes)) {
        // The permission may have ended while the store was read, or a slow client took its time; and the node may have stood still.
        requireFresh()
        requireChannel(access, connection, channelId)
        if (isSlow(socket))
          throw new AppError("UNAVAILABLE", "Too much is waiting. Please try again in a moment.", {
            retryAfterMs: 1000,
          })
        await socket.timeout(timings.resumePart).emitWithAck("channel:resumed", part)
        onConfirmed(channelId, part.messages)
        onConfirmed(channelId, part.changed)
      }
    } catch (error) {
      if (!wasOpen) void socket.leave(room)
      throw error
    }
  }

  return {
    async "channel:resume"({ channels }, connection) {
      const answers: Answer[] = []
      for (const asked of channels) {
        const { channelId } = asked
        try {
          await inTurn(asked, connection)
          answers.push({ channelId, ok: true })
        } catch (error) {
          if (!connection.socket.connected)
            throw new AppError("UNAVAILABLE", "The connection ended. A new one comes by itself.")
          if (error instanceof AppError) {
            const { code, retryAfterMs } = error
            answers.push({ channelId, ok: false, code, ...(retryAfterMs !== undefined && { retryAfterMs }) })
            continue
          }
          const late = error instanceof Error && error.message === "operation has timed out"
          if (!late) log.error({ err: error, channelId }, "resume failed")
          answers.push({ channelId, ok: false, code: late ? "UNAVAILABLE" : "INTERNAL" })
        }
      }
      return { channels: answers }
    },
    async "channel:close"({ channelId }, connection) {
      await connection.socket.leave(channelRoom(channelId))
      return {}
    },
  } satisfies Partial<Handlers>
}
