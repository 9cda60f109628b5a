import {
  AppError,
  type Body,
  fromForwarded,
  MAX_CONTENT_BYTES,
  type Reply,
  type Snowflake,
  toForwarded,
} from "@hearth/core"
import { type Database, schema } from "@hearth/db"
import type { AccessCache } from "@hearth/db/access"
import type { MessageStore } from "@hearth/db/message-store"
import { eq } from "drizzle-orm"
import type { Connection, Handler } from "../connection.ts"

interface Deps {
  db: Database
  access: AccessCache
  store: MessageStore
  send: (body: Body<"message:send">, connection: Connection) => Promise<Reply<"message:send">>
}

/** A quote of a quote of a quote grows each time: frames, and what nodes tell each other, stay bounded. */
const MAX_BYTES = 4 * MAX_CONTENT_BYTES

const unknownChannel = () => new AppError("UNKNOWN_CHANNEL", "There is no such channel.")

/** Copies what a message says now into a new one, for who may read it there; all else is as with any message that is sent. */
export const createForwarding =
  ({ db, access, store, send }: Deps): Handler<"message:forward"> =>
  async ({ channelId, nonce, from, comment = "" }, connection) => {
    const { userId } = connection
    const guildId = access.guildOf(from.channelId)
    // Before anything is read: neither place tells of the other.
    if (!access.can(userId, "VIEW_CHANNEL", channelId)) throw unknownChannel()
    if (guildId === undefined || !access.can(userId, "VIEW_CHANNEL", from.channelId)) throw unknownChannel()
    const message = await store.get(from.channelId, from.seq)
    if (!message || message.deleted) throw new AppError("UNKNOWN_MESSAGE", "There is no such message.")
    if (message.version !== from.version)
      throw new AppError("CONFLICT", "The message was changed in the meantime. Please look at it again.")
    const [author] = await db
      .select({ name: schema.users.displayName })
      .from(schema.users)
      .where(eq(schema.users.id, message.authorId))
    const source = { name: author?.name ?? "?", guildId, channelId: from.channelId, seq: from.seq }
    // Once more: it may have ended while it was read.
    if (!access.can(userId, "VIEW_CHANNEL", from.channelId)) throw unknownChannel()
    const content = toForwarded({ source, text: message.content, comment })
    if (Buffer.byteLength(content) > MAX_BYTES) throw new AppError("BAD_REQUEST", "The message is too long.")
    return send({ channelId, nonce, content }, connection)
  }

/** What an edit makes of a message: of one that was passed on it replaces what its author said with it, never the quote. */
export const keepingQuote = async (
  store: MessageStore,
  { channelId, seq }: { channelId: Snowflake; seq: number },
  content: string,
): Promise<string> => {
  const before = await store.get(channelId, seq)
  const forwarded = before && fromForwarded(before.content)
  return forwarded ? toForwarded({ ...forwarded, comment: content }) : content
}
