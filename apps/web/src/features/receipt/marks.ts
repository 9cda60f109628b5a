import type { Message, PersonReceipt, Snowflake, UserCard } from "@hearth/core"

export type Reached = "sent" | "delivered" | "read"
/** What stands beside one of the reader's own messages. */
export interface Mark {
  /** It is the newest that is with everybody so far. null: only faces stand there. */
  reached: Reached | null
  /** Of a group: whose newest read message it is. */
  readers: readonly UserCard[]
  /** How many read it, how many have it, and of how many. */
  read: number
  delivered: number
  of: number
}

/** Further back nobody looks for where others are. */
const MOST = 200
const order = ["sent", "delivered", "read"] as const

/** Whom that message was written to: who came in later is not among them. */
export const writtenTo = (people: readonly PersonReceipt[], seq: number): readonly PersonReceipt[] =>
  people.filter((p) => p.since < seq)

const build = (
  messages: readonly Message[],
  me: Snowflake,
  people: readonly PersonReceipt[],
  isGroup: boolean,
): ReadonlyMap<number, Mark> => {
  const marks = new Map<number, Mark>()
  const placed = new Set<Snowflake>()
  let best = -1
  let seen = 0
  for (let i = messages.length - 1; i >= 0 && seen < MOST && best < 2; i--) {
    const message = messages[i]
    if (!message || message.deleted || message.authorId !== me) continue
    seen++
    const { seq } = message
    const those = writtenTo(people, seq)
    const read = those.filter((p) => p.read >= seq)
    const delivered = those.filter((p) => p.delivered >= seq).length
    const all = (n: number) => n > 0 && n === those.length
    const rank = all(read.length) ? 2 : all(delivered) ? 1 : 0
    const readers = isGroup ? read.filter((p) => !placed.has(p.user.id)).map((p) => p.user) : []
    for (const { id } of readers) placed.add(id)
    if (rank <= best && readers.length === 0) continue
    const reached = rank > best ? (order[rank] ?? null) : null
    best = Math.max(best, rank)
    marks.set(seq, { reached, readers, read: read.length, delivered, of: those.length })
  }
  return marks
}

let held: { from: readonly unknown[]; marks: ReadonlyMap<number, Mark> } | undefined

/** By number, the messages beside which something stands. Every row asks, so what was asked last is remembered. */
export const marksOf = (
  ...from: [messages: readonly Message[], me: Snowflake, people: readonly PersonReceipt[], isGroup: boolean]
): ReadonlyMap<number, Mark> => {
  if (!held || from.some((part, i) => part !== held?.from[i])) held = { from, marks: build(...from) }
  return held.marks
}
