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

interface Facts {
  me: Snowflake
  newAfter: number | null
}
interface Before {
  authorId: Snowflake
  createdAt: number
}

const GROUP_MS = 6 * 60_000

const dayOf = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)

/** The key of one's own message is its nonce: no ack, packet or page changes it. */
export const keyOf = (m: Pick<Message, "seq" | "authorId" | "nonce">, me: Snowflake): string =>
  m.authorId === me ? `n:${m.nonce}` : `s:${m.seq}`

const place = (before: Before | null, authorId: Snowflake, createdAt: number, breaks: boolean) => {
  const day = dayOf(createdAt)
  const newDay = !before || dayOf(before.createdAt) !== day
  const near = before !== null && before.authorId === authorId && createdAt - before.createdAt < GROUP_MS
  return { day: newDay ? day : null, leads: newDay || breaks || !near }
}

/** How many messages both begin with. Identities only: cheap for any number. */
const sameStart = (a: readonly Message[], b: readonly Message[]): number => {
  const length = Math.min(a.length, b.length)
  let i = 0
  while (i < length && a[i] === b[i]) i++
  return i
}

/** The index of the first row at or after that `seq`. */
const rowAt = (rows: readonly MessageRow[], seq: number): number => {
  let [from, to] = [0, rows.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((rows[middle]?.message.seq ?? 0) < seq) from = middle + 1
    else to = middle
  }
  return from
}

/** The deleted messages that others answer, beside them or in a thread. */
const tombstonesOf = (all: readonly Message[]): ReadonlySet<number> => {
  const deleted = new Set<number>()
  for (const m of all) if (m.deleted) deleted.add(m.seq)
  if (deleted.size === 0) return deleted
  const answered = new Set(all.flatMap((m) => (m.deleted && m.thread ? m.seq : [])))
  for (const m of all) if (m.replyTo !== null && !m.deleted && deleted.has(m.replyTo)) answered.add(m.replyTo)
  return answered
}

const isSame = (a: MessageRow | undefined, b: MessageRow): a is MessageRow =>
  a !== undefined &&
  a.message === b.message &&
  a.leads === b.leads &&
  a.day === b.day &&
  a.newSince === b.newSince &&
  a.forMe?.above === b.forMe?.above &&
  a.forMe?.below === b.forMe?.below

/** The row, knowing whether what it says to the reader goes on below; the held one when that says the same. */
const goingOn = (row: MessageRow, below: boolean, old: readonly MessageRow[]): MessageRow => {
  if (!row.forMe || row.forMe.below === below) return row
  const next = { ...row, forMe: { ...row.forMe, below } }
  const held = old[rowAt(old, row.message.seq)]
  return isSame(held, next) ? held : next
}

/**
 * What a timeline draws: messages in `seq` order, then what is on its way. Deleted ones are left out, unless one that is held
 * answers them, or a thread hangs on them. A message that is in the
 * log is drawn from the log; its echo ends in the same pass, so that it is never missing and never there twice.
 *
 * It remembers what it built last: only rows from the first change on are built anew, and a row that comes out the same is the
 * same object, so that nothing draws it again. A packet costs the same whatever is loaded.
 */
export const createRows = () => {
  let messages: readonly Message[] = []
  let logged: readonly MessageRow[] = []
  let facts: Facts = { me: "", newAfter: null }
  let tombs: ReadonlySet<number> = new Set()
  /** The `seq` of the row that says "new". */
  let dividedAt: number | null = null

  /** What the rows before `at` leave behind: who wrote last, when, and whether "new" was said. */
  const stateBefore = (all: readonly Message[], at: number, rows: readonly MessageRow[], { newAfter }: Facts) => {
    const above = rows.at(-1)?.message ?? null
    const before = above?.deleted ? { seq: above.seq, authorId: "", createdAt: above.createdAt } : above
    let read: Message | undefined
    for (let i = at - 1; i >= 0 && !read; i--) {
      const m = all[i]
      // A deleted one's place still counts as read or new, but nothing is drawn.
      if (m && (!m.deleted || (newAfter !== null && m.seq <= newAfter))) read = m
    }
    const divided = newAfter === null || (dividedAt !== null && before !== null && dividedAt <= before.seq)
    return { before, lastRead: read?.createdAt ?? 0, divided }
  }

  const buildLogged = (all: readonly Message[], now: Facts): readonly MessageRow[] => {
    const oldTombs = tombs
    tombs = tombstonesOf(all)
    const sameTombs = tombs.size === oldTombs.size && [...tombs].every((seq) => oldTombs.has(seq))
    const kept = sameTombs && facts.me === now.me && facts.newAfter === now.newAfter ? sameStart(messages, all) : 0
    if (kept === all.length && kept === messages.length) return logged
    const old = logged
    const rows = old.slice(0, kept === messages.length ? old.length : rowAt(old, messages[kept]?.seq ?? 0))
    let { before, lastRead, divided }: { before: Before | null; lastRead: number; divided: boolean } = stateBefore(
      all,
      kept,
      rows,
      now,
    )
    if (!divided || now.newAfter === null) dividedAt = null
    let at = rowAt(old, all[kept]?.seq ?? Number.POSITIVE_INFINITY)
    for (let i = kept; i < all.length; i++) {
      const message = all[i]
      if (!message) continue
      if (message.deleted) {
        if (now.newAfter !== null && message.seq <= now.newAfter) lastRead = message.createdAt
        if (!tombs.has(message.seq)) continue
        const { day } = place(before, "", message.createdAt, true)
        const last = rows.at(-1)
        if (last) rows[rows.length - 1] = goingOn(last, false, old)
        const key = keyOf(message, now.me)
        const tomb: MessageRow = { kind: "message", key, message, leads: true, day, forMe: null, newSince: null }
        while ((old[at]?.message.seq ?? Number.POSITIVE_INFINITY) < message.seq) at++
        const held = old[at]
        rows.push(isSame(held, tomb) ? held : tomb)
        // Whoever writes on after it begins anew.
        before = { authorId: "", createdAt: message.createdAt }
        continue
      }
      const isNew = !divided && now.newAfter !== null && message.seq > now.newAfter && message.authorId !== now.me
      if (isNew) {
        divided = true
        dividedAt = message.seq
      }
      const { day, leads } = place(before, message.authorId, message.createdAt, isNew || message.replyTo !== null)
      const newSince = isNew ? lastRead : null
      const last = rows.at(-1)
      const above = !leads && last !== undefined && last.forMe !== null
      // What was said after the last row that is kept may be another one now.
      if (last) rows[rows.length - 1] = goingOn(last, above, old)
      const forMe = above || mentions(message.content, now.me) ? { above, below: false } : null
      const row: MessageRow = { kind: "message", key: keyOf(message, now.me), message, leads, day, forMe, newSince }
      while ((old[at]?.message.seq ?? Number.POSITIVE_INFINITY) < message.seq) at++
      const held = old[at]
      rows.push(facts.me === now.me && isSame(held, row) ? held : row)
      before = message
      lastRead = message.createdAt
    }
    const last = rows.at(-1)
    if (last) rows[rows.length - 1] = goingOn(last, false, old)
    return rows
  }

  return (all: readonly Message[], outgoing: readonly Outgoing[], now: Facts): readonly Row[] => {
    logged = buildLogged(all, now)
    messages = all
    facts = now
    if (outgoing.length === 0) return logged
    const sent = new Set<string>()
    for (const m of all) if (m.authorId === now.me) sent.add(m.nonce)
    const rows: Row[] = [...logged]
    let before: Before | null = logged.at(-1)?.message ?? null
    for (const out of outgoing) {
      if (sent.has(out.nonce)) continue
      const { day, leads } = place(before, now.me, out.createdAt, out.replyTo !== null)
      rows.push({ kind: "outgoing", key: `n:${out.nonce}`, outgoing: out, leads, day, newSince: null })
      before = { authorId: now.me, createdAt: out.createdAt }
    }
    return rows
  }
}

/** The rows of these messages, once. */
export const buildRows = (messages: readonly Message[], outgoing: readonly Outgoing[], facts: Facts): readonly Row[] =>
  createRows()(messages, outgoing, facts)
