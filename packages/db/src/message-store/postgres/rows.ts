import type { Message, Snowflake } from "@hearth/core"
import { type Bodies, messagePlace } from "../bodies.ts"
import { withExtra } from "../extra.ts"

/** A row of `messages` as node-postgres reads it. */
export interface MessageRow {
  seq: string
  id: string
  mver: string
  version: number
  author_id: string
  nonce: string
  body: Buffer | null
  created_at: Date
  edited_at: Date | null
  deleted: boolean
  reply_to: string | null
  reactions: Record<string, number>
  /** Not there in the answer of an append. */
  extra?: unknown
}

export const MESSAGE_COLUMNS =
  "seq, id, mver, version, author_id, nonce, body, created_at, edited_at, deleted, reply_to, reactions, extra"

const bareMessage = (bodies: Bodies, channelId: Snowflake, row: MessageRow): Message => ({
  channelId,
  seq: Number(row.seq),
  id: row.id,
  mver: Number(row.mver),
  version: row.version,
  authorId: row.author_id,
  nonce: row.nonce,
  content: bodies.open(row.body, messagePlace(channelId, row.author_id, row.nonce)),
  createdAt: row.created_at.getTime(),
  editedAt: row.edited_at ? row.edited_at.getTime() : null,
  deleted: row.deleted,
  replyTo: row.reply_to === null ? null : Number(row.reply_to),
  reactions: row.reactions,
})

export const toMessage = (bodies: Bodies, channelId: Snowflake, row: MessageRow): Message =>
  withExtra(bareMessage(bodies, channelId, row), row.extra, bodies)
