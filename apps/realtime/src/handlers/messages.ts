import {
  AppError,
  type Body,
  type Command,
  guildRoom,
  type Message,
  type Permission,
  type Snowflake,
  takenBack,
  userRoom,
  viewersRoom,
} from "@hearth/core"
import { type Database, removePin, transact } from "@hearth/db"
import type { AccessCache } from "@hearth/db/access"
import { type MessageStore, type OpResult, Turns } from "@hearth/db/message-store"
import type { RateLimits, Take } from "@hearth/db/rate-limits"
import type { ChannelLog } from "../channel-log/channel-log.ts"
import type { Author, Handlers, Publish } from "../connection.ts"
import type { Heads } from "../heads.ts"
import type { Logger } from "../logger.ts"
import type { Metrics } from "../metrics.ts"
import type { Sizes } from "../timings.ts"
import { createForwarding, keepingQuote } from "./forwarding.ts"
import { createReadOwn } from "./read-own.ts"
import { takeTurn, tooFast } from "./slowmode.ts"

export interface MessageDeps {
  db: Database
  access: AccessCache
  limits: RateLimits
  channelLog: ChannelLog
  store: MessageStore
  heads: Heads
  metrics: Metrics
  sizes: Sizes
  publish: Publish
  log: Logger
  /** Somebody's message is stored. */
  onSent: (channelId: Snowflake, userId: Snowflake) => void
  /** It is about to be acknowledged. */
  onAccepted: (channelId: Snowflake, seq: number, how: { ms: number; again: boolean }) => void
}

/** A channel that one may not view does not exist. */
export const requireChannel = (
  access: AccessCache,
  { userId }: Author,
  channelId: Snowflake,
  permission?: Permission,
): void => {
  if (!access.can(userId, "VIEW_CHANNEL", channelId)) throw new AppError("UNKNOWN_CHANNEL", "There is no such channel.")
  if (permission && !access.can(userId, permission, channelId))
    throw new AppError("FORBIDDEN", "You may not do that in this channel.")
}

const unknownMessage = () => new AppError("UNKNOWN_MESSAGE", "There is no such message.")

export const settled = (result: OpResult): { message: Message } => {
  switch (result.status) {
    case "changed":
    case "unchanged":
      return { message: result.message }
    case "missing":
      throw unknownMessage()
    case "forbidden":
      throw new AppError("FORBIDDEN", "That is somebody else's message.")
    case "fixed":
      throw new AppError("FORBIDDEN", "A poll stays as it was asked.")
    case "ended":
      throw new AppError("POLL_ENDED", "This poll has ended.")
    case "conflict":
      throw new AppError("CONFLICT", "The message was changed in the meantime. Please look at it again.")
  }
}

export const messageHandlers = (deps: MessageDeps) => {
  const { db, access, limits, channelLog, store, heads, metrics, sizes, publish, log, onSent, onAccepted } = deps
  const limit = { name: "send", burst: sizes.sendBurst, perSecond: sizes.sendsPerSecond }

  const readOwn = createReadOwn({ db, access, publish, log })

  const take = async (takes: readonly Take[]): Promise<void> => {
    const taken = await limits.take(takes)
    if (taken.ok) return
    throw tooFast(taken.retryAfterMs)
  }

  const send = async (body: Body<"message:send">, author: Author) => {
    const begun = performance.now()
    const { channelId, content, nonce, replyTo } = body
    requireChannel(access, author, channelId, "SEND_MESSAGES")
    if (replyTo !== undefined && replyTo > heads.known(channelId) && !(await store.get(channelId, replyTo)))
      throw unknownMessage()
    const { userId } = author
    const seconds = access.slowmode(userId, channelId)
    const turn = takeTurn(limits, [{ limit, subject: userId }], { channelId, userId, nonce, seconds })
    // A retry of what is stored costs nothing: not even that there is something left to take.
    const takes = await turn.catch(async (refusal: unknown): Promise<readonly Take[]> => {
      if (await store.holds(channelId, userId, nonce).catch(() => false)) return []
      throw refusal
    })
    const draft = { authorId: userId, nonce, content, replyTo: replyTo ?? null }
    const result = await channelLog.append(channelId, draft)
    if (result.status !== "stored") void limits.refund(takes)
    if (result.status === "conflict")
      throw new AppError("CONFLICT", "Another message was already sent under this nonce.")
    const { message, scope, ver } = result
    heads.sent(channelId, message.seq, result.isTold)
    onSent(channelId, userId)
    if (result.status === "duplicate") heads.found(channelId, message.seq, { [scope]: ver })
    const ms = performance.now() - begun
    metrics.sendAck.observe(ms)
    onAccepted(channelId, message.seq, { ms, again: result.status === "duplicate" })
    return { id: message.id, seq: message.seq, ver, scope, createdAt: message.createdAt }
  }

  /**
   * What is deleted is not pinned any more. The delete does not wait for PostgreSQL, and when this fails it holds all the same:
   * whoever lists the pins finds it.
   */
  const unpin = async (channelId: Snowflake, seq: number): Promise<void> => {
    const guildId = access.guildOf(channelId)
    if (guildId === undefined) return
    const audience = access.isPublic(channelId) ? guildRoom(guildId) : viewersRoom(channelId)
    await transact(db, (tx) => removePin(tx, audience, { guildId, channelId, seq }))
  }

  const turns = new Turns()
  /**
   * For what its author does not see come: a channel that they do not look at. One after the other: the mark rises only from right
   * before a message, so of two the later one would stay unread if it were marked first.
   */
  const sendUnseen = (body: Body<"message:send">, author: Author) =>
    turns.take(`${author.userId} ${body.channelId}`, async () => {
      const sent = await send(body, author)
      await readOwn(author.userId, body.channelId, sent.seq)
      return sent
    })

  const handlers = {
    "message:send": send,
    "message:forward": createForwarding({ db, access, store, send: sendUnseen }),
    async "message:edit"({ channelId, seq, version, content: written }, connection) {
      requireChannel(access, connection, channelId, "SEND_MESSAGES")
      await take([{ limit, subject: connection.userId }])
      const content = await keepingQuote(store, { channelId, seq }, written)
      return settled(await channelLog.change(channelId, { kind: "edit", seq, version, content, by: connection.userId }))
    },
    async "message:delete"({ channelId, seq }, connection) {
      requireChannel(access, connection, channelId)
      const anybodys = access.can(connection.userId, "MANAGE_MESSAGES", channelId)
      const done = settled(
        await channelLog.change(channelId, { kind: "delete", seq, by: anybodys ? null : connection.userId }),
      )
      unpin(channelId, seq).catch((error: unknown) => {
        const err = error instanceof Error ? error.message : error
        log.warn({ err, channelId, seq }, "a deleted message is still pinned: whoever lists the pins comes back to it")
      })
      return done
    },
    async "message:react"({ channelId, seq, emoji, on }, connection) {
      // Who may no longer add may still take back.
      requireChannel(access, connection, channelId, on ? "ADD_REACTIONS" : undefined)
      const { userId } = connection
      const changed = settled(await channelLog.change(channelId, { kind: "react", seq, emoji, userId, on }))
      const { content, mver } = changed.message
      const off = on ? takenBack(content, emoji) : []
      publish(userRoom(userId), "me:reacted", { channelId, seq, emoji, on, ...(off.length > 0 && { off }), mver })
      return changed
    },
  } satisfies Partial<Handlers>
  return { handlers: handlers satisfies { [C in Command]?: unknown }, sendUnseen }
}
