import type { Message, Snowflake } from "@hearth/core"
import { mentions } from "./markdown/mentions.ts"
import type { Outgoing } from "./outgoing-queue.ts"

export interface MessageRow {
  kind: "message"
  /** The same for one's own message before and after its ack, so that its element stays. */
  key: string
  message: Message
  /** The first of its author's group: with face and name. */
  leads: boolean
  /** Unix ms of a day that begins with this row. */
  day: number | null
  /** Addresses the reader, or goes on from what does: whether the row above does so, too, and the one below. */
  forMe: { above: boolean; below: boolean } | null
  /** Unix ms of what was read last, when this row is the first that is new; 0 when that is not known. */
  newSince: number | null
}
export interface OutgoingMessageRow {
  kind: "outgoing"
  key: string
  outgoing: Outgoing
  leads: boolean
  day: number | null
  newSince: null
}
export type Row = MessageRow | OutgoingMessageRow

const GROUP_MS = 6 * 60_000

const dayOf = (ms: number): number => {
  const d = new Date(ms)
  return new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime()
}

/** The key of one's own message is its nonce: no ack, packet or page changes it. */
export const keyOf = (m: Pick<Message, "seq" | "authorId" | "nonce">, me: Snowflake): string =>
  m.authorId === me ? `n:${m.nonce}` : `s:${m.seq}`

/**
 * What a timeline draws: messages in `seq` order, then what is on its way. Deleted ones are left out. A message that is in the
 * log is drawn from the log; its echo ends in the same pass, so that it is never missing and never there twice.
 */
export const buildRows = (
  messages: readonly Message[],
  outgoing: readonly Outgoing[],
  { me, newAfter }: { me: Snowflake; newAfter: number | null },
): Row[] => {
  const rows: Row[] = []
  const mine = new Set<string>()
  let previous: { authorId: Snowflake; createdAt: number } | null = null
  let lastRead = 0
  let divided = newAfter === null

  const place = (authorId: Snowflake, createdAt: number, breaks: boolean) => {
    const day = dayOf(createdAt)
    const newDay = !previous || dayOf(previous.createdAt) !== day
    const near = previous !== null && previous.authorId === authorId && createdAt - previous.createdAt < GROUP_MS
    previous = { authorId, createdAt }
    return { day: newDay ? day : null, leads: newDay || breaks || !near }
  }

  for (const message of messages) {
    if (message.authorId === me) mine.add(message.nonce)
    if (message.deleted) {
      // Its place still counts as read or new, but nothing is drawn.
      if (newAfter !== null && message.seq <= newAfter) lastRead = message.createdAt
      continue
    }
    const isNew = !divided && newAfter !== null && message.seq > newAfter && message.authorId !== me
    if (isNew) divided = true
    const { day, leads } = place(message.authorId, message.createdAt, isNew || message.replyTo !== null)
    const before: Row | undefined = leads ? undefined : rows.at(-1)
    const above = before?.kind === "message" && before.forMe !== null
    if (before?.kind === "message" && before.forMe) before.forMe.below = true
    const forMe = above || mentions(message.content, me) ? { above, below: false } : null
    const newSince = isNew ? lastRead : null
    rows.push({ kind: "message", key: keyOf(message, me), message, leads, day, forMe, newSince })
    lastRead = message.createdAt
  }
  for (const out of outgoing) {
    if (mine.has(out.nonce)) continue
    const { day, leads } = place(me, out.createdAt, out.replyTo !== null)
    rows.push({ kind: "outgoing", key: `n:${out.nonce}`, outgoing: out, leads, day, newSince: null })
  }
  return rows
}
