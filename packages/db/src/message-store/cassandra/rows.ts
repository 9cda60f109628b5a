import type { Message, Snowflake } from "@hearth/core"
import type { types } from "cassandra-driver"
import { type Bodies, messagePlace } from "../bodies.ts"
import { withExtra } from "../extra.ts"
import { OLD_VERSION } from "../ops.ts"

const COLUMNS =
  "seq, id, mver, version, author_id, nonce, body, body_mac, created_at, edited_at, deleted, reply_to, reactions, extra"

export const SELECT_STATICS = "SELECT ver, head, last_id FROM channel_log WHERE channel_id = ? AND bucket = ? LIMIT 1"
export const SELECT_ROW = `SELECT ${COLUMNS} FROM channel_log WHERE channel_id = ? AND bucket = ? AND kind = 0 AND seq = ? AND key = ''`
export const SELECT_ROWS = `SELECT ${COLUMNS} FROM channel_log WHERE channel_id = ? AND bucket = ? AND kind = 0 AND seq >= ? AND seq <= ?`
export const SELECT_REACTED =
  "SELECT seq, mver, reactions FROM channel_log WHERE channel_id = ? AND bucket = ? AND kind = 0 AND seq IN ? AND key = ''"
export const SELECT_REACTORS =
  "SELECT key FROM channel_log WHERE channel_id = ? AND bucket = ? AND kind = 1 AND seq = ? AND key IN ?"
export const SELECT_NAMED_VERSIONS =
  "SELECT key, body, created_at FROM channel_log WHERE channel_id = ? AND bucket = ? AND kind = 2 AND seq = ? AND key IN ?"
export const SELECT_DETAILS =
  "SELECT key, body, created_at FROM channel_log WHERE channel_id = ? AND bucket = ? AND kind = ? AND seq = ? AND key > ? LIMIT ?"

/** The one condition under which anything is written: all three, so that a refusal tells all three. */
export const SET_STATICS =
  "UPDATE channel_log SET ver = ?, head = ?, last_id = ? WHERE channel_id = ? AND bucket = ? IF ver = ? AND head = ? AND last_id = ?"
export const INSERT_MESSAGE = `INSERT INTO channel_log
  (channel_id, bucket, kind, seq, key, mver, version, id, author_id, nonce, body, body_mac, created_at, reply_to)
  VALUES (?, ?, 0, ?, '', ?, 1, ?, ?, ?, ?, ?, ?, ?)`
export const SET_REACTIONS =
  "UPDATE channel_log SET mver = ?, reactions = ? WHERE channel_id = ? AND bucket = ? AND kind = 0 AND seq = ? AND key = ''"
export const SET_EXTRA =
  "UPDATE channel_log SET mver = ?, extra = ? WHERE channel_id = ? AND bucket = ? AND kind = 0 AND seq = ? AND key = ''"
export const SET_MESSAGE = `UPDATE channel_log SET mver = ?, reactions = ?, version = ?, body = ?, edited_at = ?, deleted = ?
  WHERE channel_id = ? AND bucket = ? AND kind = 0 AND seq = ? AND key = ''`
export const INSERT_DETAIL = `INSERT INTO channel_log
  (channel_id, bucket, kind, seq, key, mver, body, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
export const SELECT_OLD_BODIES = `SELECT seq, key, body FROM channel_log
  WHERE channel_id = ? AND bucket = ? AND kind = ${OLD_VERSION} AND seq >= ? AND seq <= ?`
export const SET_BODY =
  "UPDATE channel_log SET body = ? WHERE channel_id = ? AND bucket = ? AND kind = ? AND seq = ? AND key = ?"
export const SET_EXTRA_ALONE =
  "UPDATE channel_log SET extra = ? WHERE channel_id = ? AND bucket = ? AND kind = 0 AND seq = ? AND key = ''"
export const DELETE_DETAIL =
  "DELETE FROM channel_log WHERE channel_id = ? AND bucket = ? AND kind = ? AND seq = ? AND key = ?"

export const INSERT_CLAIM = "INSERT INTO nonce_claims (channel_id, author_id, nonce, seq) VALUES (?, ?, ?, ?)"
export const SELECT_CLAIMS = "SELECT seq FROM nonce_claims WHERE channel_id = ? AND author_id = ? AND nonce = ?"

const millis = (value: unknown): number | null => (value instanceof Date ? value.getTime() : null)

export const parseExtra = (extra: Buffer | null): unknown => (extra === null ? null : JSON.parse(extra.toString()))

export const toMessage = (bodies: Bodies, channelId: Snowflake, row: types.Row): Message => {
  const body: Buffer | null = row.get("body")
  const replyTo: bigint | null = row.get("reply_to")
  const authorId = String(row.get("author_id"))
  const nonce = String(row.get("nonce"))
  const message = {
    channelId,
    seq: Number(row.get("seq")),
    id: String(row.get("id")),
    mver: Number(row.get("mver")),
    version: Number(row.get("version")),
    authorId,
    nonce,
    content: bodies.open(body, messagePlace(channelId, authorId, nonce)),
    createdAt: millis(row.get("created_at")) ?? 0,
    editedAt: millis(row.get("edited_at")),
    deleted: row.get("deleted") === true,
    replyTo: replyTo === null ? null : Number(replyTo),
    reactions: { ...(row.get("reactions") as Record<string, number> | null) },
  }
  return withExtra(message, parseExtra(row.get("extra")), bodies)
}

/** The driver takes bigint columns as bigint or string, never as number. */
export const big = (n: number): bigint => BigInt(n)

/** A written null is a tombstone; what is not there is better left out. */
export const UNSET = undefined
