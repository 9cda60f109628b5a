import { createCipheriv, createDecipheriv, type KeyObject, createSecretKey, randomBytes } from "node:crypto"
import { AppError, type Snowflake } from "@hearth/core"
import { z } from "zod"

/** A key of the ring: 32 bytes, and the number (1 to 65,535) that every body sealed with it begins with. */
export interface BodyKey {
  id: number
  key: KeyObject
}

/**
 * How bodies lie in a store. Plain UTF-8 without a key; with keys, AES-256-GCM (NIST SP 800-38D) under the first of them,
 * bound to its place, so that nobody who can write to the store can move a body to another row. What was written plainly, or
 * under another key of the ring, stays readable.
 *
 * Sealed: 0x00, 0x01, the key's number in 2 bytes, 12 random bytes, the text, 16 bytes of tag. No text begins with 0x00.
 */
export interface Bodies {
  seal(content: string, place: string): Buffer
  /** Throws UNAVAILABLE for a key that is not in the ring and for what was tampered with: never a wrong text. */
  open(body: Buffer | null, place: string): string
  /** Whether `seal` would write it as it lies there: under the first key, or plainly without one. */
  isCurrent(body: Buffer): boolean
  /** What a body begins with that lies under the first key; empty: they lie there plainly. */
  readonly header: Buffer
}

const MARK = 0x00
const VERSION = 0x01
const IV_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 4

/** A message's body, wherever its number comes to be: known before it is stored. */
export const messagePlace = (channelId: Snowflake, authorId: Snowflake, nonce: string): string =>
  `message:${channelId}:${authorId}:${nonce}`
export const detailPlace = (channelId: Snowflake, seq: number, kind: number, key: string): string =>
  `detail:${channelId}:${seq}:${kind}:${key}`

export const draftPlace = (userId: Snowflake, channelId: Snowflake): string => `draft:${userId}:${channelId}`

export const scheduledPlace = (userId: Snowflake, scheduledId: Snowflake): string =>
  `scheduled:${userId}:${scheduledId}`

const isSealed = (body: Buffer) => body[0] === MARK && body[1] === VERSION

const unreadable = (cause?: unknown) =>
  new AppError("UNAVAILABLE", "This Hearth cannot read a message with the keys that it was given.", {
    retryAfterMs: 30_000,
    cause,
  })

export const openBodies = (keys: readonly BodyKey[] = []): Bodies => {
  const ring = new Map(keys.map(({ id, key }) => [id, key]))
  const [first] = keys
  const header = first ? Buffer.from([MARK, VERSION, first.id >> 8, first.id & 0xff]) : Buffer.alloc(0)

  const open = (body: Buffer, place: string): string => {
    const key = ring.get(body.readUInt16BE(2))
    if (!key || body.length < HEADER_BYTES + IV_BYTES + TAG_BYTES) throw unreadable()
    const decipher = createDecipheriv("aes-256-gcm", key, body.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(place))
    decipher.setAuthTag(body.subarray(-TAG_BYTES))
    try {
      const text = decipher.update(body.subarray(HEADER_BYTES + IV_BYTES, -TAG_BYTES), undefined, "utf8")
      return text + decipher.final("utf8")
    } catch (error) {
      throw unreadable(error)
    }
  }

  return {
    seal: (content, place) => {
      if (!first) return Buffer.from(content)
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv("aes-256-gcm", first.key, iv, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(place))
      return Buffer.concat([header, iv, cipher.update(content, "utf8"), cipher.final(), cipher.getAuthTag()])
    },
    open: (body, place) => (body === null ? "" : isSealed(body) ? open(body, place) : body.toString("utf8")),
    isCurrent: (body) => (first ? body.subarray(0, HEADER_BYTES).equals(header) : !isSealed(body)),
    header,
  }
}

/** Reads HEARTH_BODY_KEYS: `number:base64 of 32 bytes`, by commas, the one to write with first. Throws a sentence. */
export const parseBodyKeys = (text: string): BodyKey[] => {
  const keys = text.split(",").flatMap((part) => {
    if (!part.trim()) return []
    const [, number = "", base64 = ""] = /^\s*(\d{1,5}):([A-Za-z0-9+/_-]+={0,2})\s*$/.exec(part) ?? []
    const id = Number(number)
    const bytes = Buffer.from(base64, "base64")
    if (id < 1 || id > 65_535 || bytes.length !== 32)
      throw new Error("has a key that is not number:base64 of 32 bytes (npm run keys:new makes one)")
    return { id, key: createSecretKey(bytes) }
  })
  if (keys.length === 0) throw new Error("names no key")
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error("has two keys of one number")
  return keys
}

/** HEARTH_BODY_KEYS, as every process reads it. */
export const BodyKeys = z.string().transform((text, context) => {
  try {
    return parseBodyKeys(text)
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : String(error))
    return z.NEVER
  }
})

/** An entry for HEARTH_BODY_KEYS. */
export const newBodyKey = (id: number): string => `${id}:${randomBytes(32).toString("base64")}`
