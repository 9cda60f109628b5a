import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from "node:crypto"
import type { Snowflake } from "@hearth/core"

/** One secret for a deployment, many keys: each use has its own, by HKDF-SHA256 with its name. 32 bytes. */
export const deriveKey = (secret: string, use: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "hearth", use, 32))

/** What proves that one may set this Hearth up: derived, so that nothing needs to be stored. 16 characters of base32, in fours. */
export const setupCode = (secret: string): string => {
  const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
  const chars = [...deriveKey(secret, "setup-code").subarray(0, 16)].map((byte) => alphabet[byte % 32])
  return [0, 4, 8, 12].map((i) => chars.slice(i, i + 4).join("")).join("-")
}

export const equalSecrets = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((s) => createHmac("sha256", "compare").update(s).digest()) as [Buffer, Buffer]
  return timingSafeEqual(x, y)
}

/** What one socket is opened with: signed by the web tier, good for 30 s and for one use. */
export interface Ticket {
  jti: string
  sessionId: string
  userId: Snowflake
  /** Unix time in ms. */
  expiresAt: number
}

export const TICKET_LIFE_MS = 30_000

/** One deployment has one secret: its key is derived once and not for each ticket. */
let ticketKey: { secret: string; key: Buffer } | undefined
const sign = (secret: string, body: string) => {
  if (ticketKey?.secret !== secret) ticketKey = { secret, key: deriveKey(secret, "ticket") }
  return createHmac("sha256", ticketKey.key).update(body).digest("base64url")
}

export const signTicket = (
  secret: string,
  claims: { sessionId: string; userId: Snowflake },
  now = Date.now(),
): string => {
  const ticket: Ticket = { jti: randomUUID(), ...claims, expiresAt: now + TICKET_LIFE_MS }
  const body = Buffer.from(JSON.stringify(ticket)).toString("base64url")
  return `${body}.${sign(secret, body)}`
}

/** The claims, or null for one that is forged, broken or too old. Single use is for the gateway to see to. */
export const readTicket = (secret: string, token: string, now = Date.now()): Ticket | null => {
  const [body, signature, more] = token.split(".")
  if (!body || !signature || more !== undefined || !equalSecrets(signature, sign(secret, body))) return null
  try {
    const ticket = JSON.parse(Buffer.from(body, "base64url").toString()) as Ticket
    return ticket.expiresAt > now && ticket.expiresAt <= now + TICKET_LIFE_MS + 5000 ? ticket : null
  } catch {
    return null
  }
}
