import type { EventOf, HistoryEvent, Row } from "./history.ts"
import { type Edit, editsOf, type Sent, sendsOf } from "./sends.ts"

/** Logs by channel: as the public API pages them (H), and as they lie in the store (H′). */
export interface Truth {
  paged: ReadonlyMap<string, readonly Row[]>
  stored: ReadonlyMap<string, readonly Row[]>
}

export interface Rules {
  /** How long after a removal something may still arrive. */
  removalMs: number
  /** Something was done to the system: it must have been seen, and a send must have been under way. */
  faulty: boolean
}

export type Invariant = "I0" | "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "I8" | "I9" | "I10"
export interface Violation {
  rule: Invariant
  text: string
}

export interface Verdict {
  sends: number
  acked: number
  lost: number
  duplicated: number
  inverted: number
  holes: number
  leaks: number
  violations: Violation[]
}

const MOST_OF = 0.95

/** Asserts I0 to I10 of what clients wrote down and of what is there in the end. Knows nothing of Hearth's code. */
export const check = (events: readonly HistoryEvent[], truth: Truth, rules: Rules): Verdict => {
  const sends = sendsOf(events)
  const violations: Violation[] = []
  const report =
    (rule: Invariant) =>
    (text: string): void =>
      void violations.push({ rule, text })
  const count = (...wanted: Invariant[]) => violations.filter(({ rule }) => wanted.includes(rule)).length

  notVacuous(events, sends, truth, rules, report("I0"))
  ackedIsThere(events, sends, truth, report("I1"))
  onceOnly(events, sends, truth, report("I2"))
  nothingForged(events, sends, truth, report("I3"))
  sameForAll(events, truth, report("I4"))
  noHoles(events, truth, report("I5"))
  ownOrder(sends, report("I6"))
  realTimeOrder(sends, truth, report("I7"))
  noLeaks(events, rules, report("I8"))
  lastEdit(events, sends, truth, report("I9"))
  nobodyRefused(events, report("I10"))

  return {
    sends: sends.length,
    acked: sends.filter((send) => send.ack).length,
    lost: count("I1", "I9"),
    duplicated: count("I2"),
    inverted: count("I4", "I6", "I7"),
    holes: count("I5"),
    leaks: count("I8"),
    violations,
  }
}

const editsOfMessage = (edits: readonly Edit[], { channel, id }: { channel: string; id: string }): Edit[] =>
  edits.filter((edit) => edit.id === id && edit.channel === channel)

type Report = (text: string) => void

const ofType = <T extends HistoryEvent["type"]>(events: readonly HistoryEvent[], type: T): EventOf<T>[] =>
  events.filter((event): event is EventOf<T> => event.type === type)

const notVacuous = (events: readonly HistoryEvent[], sends: Sent[], truth: Truth, rules: Rules, report: Report) => {
  const channels = new Set([...truth.paged.keys(), ...truth.stored.keys()])
  for (const channel of channels)
    if (JSON.stringify(truth.paged.get(channel)) !== JSON.stringify(truth.stored.get(channel)))
      report(`channel ${channel}: the paged history is not what is stored`)
  const planned = ofType(events, "planned").reduce((sum, event) => sum + event.count, 0)
  if (planned === 0 || sends.length < planned * MOST_OF) report(`${sends.length} of ${planned} sends were made`)
  if (!sends.some((send) => send.ack)) report("nothing was acked")
  if (!rules.faulty) return
  const faults = ofType(events, "fault")
  const hit = faults.find((fault) => fault.stage === "hit")
  if (!hit) return report("there was no fault")
  if (!faults.some((fault) => fault.stage === "seen")) report("nobody saw the fault")
  const underWay = sends.some(({ invoke, ack, fail }) => invoke.at < hit.at && (ack ?? fail ?? hit).at >= hit.at)
  if (!underWay) report("no send was under way when the fault hit")
}

const rowsOf = (truth: Truth, channel: string): readonly Row[] => truth.paged.get(channel) ?? []

const ackedIsThere = (events: readonly HistoryEvent[], sends: Sent[], truth: Truth, report: Report) => {
  const edits = editsOf(events)
  for (const { invoke, ack } of sends) {
    if (!ack) continue
    const row = rowsOf(truth, invoke.channel).find(({ id }) => id === ack.id)
    const bodies = [invoke.body, ...editsOfMessage(edits, ack).map((edit) => edit.body)]
    if (!row) report(`${ack.id} (nonce ${invoke.nonce} of ${invoke.client}) was acked and is not there`)
    else if (!bodies.includes(row.body)) report(`${ack.id} was acked with another body than is there`)
    else if (row.seq !== ack.seq) report(`${ack.id} was acked as number ${ack.seq} and is number ${row.seq}`)
  }
}

const twice = <T>(items: readonly T[], key: (item: T) => string): string[] => {
  const seen = new Set<string>()
  return items.map(key).filter((value) => seen.size === seen.add(value).size)
}

const onceOnly = (events: readonly HistoryEvent[], sends: Sent[], truth: Truth, report: Report) => {
  for (const [channel, rows] of truth.paged) {
    for (const nonce of twice(rows, (row) => `${row.author} ${row.nonce}`)) report(`${channel}: nonce ${nonce} twice`)
    for (const id of twice(rows, (row) => row.id)) report(`${channel}: id ${id} twice`)
  }
  for (const { client, channel, rows } of ofType(events, "rendered"))
    for (const id of twice(rows, (row) => row.id)) report(`${client} shows ${id} of ${channel} twice`)
  for (const { invoke, ids } of sends)
    if (ids.size > 1) report(`nonce ${invoke.nonce} was acked as ${[...ids].join(" and ")}`)
}

const nothingForged = (events: readonly HistoryEvent[], sends: Sent[], truth: Truth, report: Report) => {
  const edits = editsOf(events)
  // After a try without an answer the message may be there, whatever a later one was told.
  const unsure = new Set(
    [...ofType(events, "retry"), ...ofType(events, "fail").filter(({ definite }) => !definite)].map(
      ({ client, nonce }) => `${client} ${nonce}`,
    ),
  )
  const bySend = new Map(
    sends.map((send) => [`${send.invoke.channel} ${send.invoke.client} ${send.invoke.nonce}`, send]),
  )
  for (const [channel, rows] of truth.paged)
    for (const row of rows) {
      const send = bySend.get(`${channel} ${row.author} ${row.nonce}`)
      const edited = editsOfMessage(edits, { channel, id: row.id }).filter((edit) => edit.client === row.author)
      if (!send) report(`${channel}: nobody sent ${row.id}`)
      else if (send.fail && !send.ack && !unsure.has(`${row.author} ${row.nonce}`))
        report(`${channel}: ${row.id} was refused for good`)
      else if (row.body !== send.invoke.body && !edited.some((edit) => edit.body === row.body))
        report(`${channel}: nobody wrote what ${row.id} says`)
    }
}

const sameForAll = (events: readonly HistoryEvent[], truth: Truth, report: Report) => {
  for (const [channel, rows] of truth.paged)
    for (const [i, row] of rows.entries()) {
      const before = rows[i - 1]
      if (before && row.seq <= before.seq) report(`${channel}: ${row.seq} comes after ${before.seq}`)
      if (before && BigInt(row.id) <= BigInt(before.id)) report(`${channel}: id ${row.id} comes after ${before.id}`)
    }
  for (const { client, channel, rows } of ofType(events, "rendered")) {
    const bySeq = new Map(rowsOf(truth, channel).map((row) => [row.seq, row]))
    for (const [i, row] of rows.entries()) {
      const before = rows[i - 1]
      if (before && row.seq <= before.seq) report(`${client} shows ${row.seq} of ${channel} after ${before.seq}`)
      if (JSON.stringify(row) !== JSON.stringify(bySeq.get(row.seq)))
        report(`${client} shows another ${row.seq} of ${channel} than is there`)
    }
  }
}

const noHoles = (events: readonly HistoryEvent[], truth: Truth, report: Report) => {
  for (const [channel, rows] of truth.paged)
    for (let seq = 1; seq <= rows.length; seq++)
      if (!rows.some((row) => row.seq === seq)) report(`${channel}: ${seq} of ${rows.length} is missing`)
  const rendered = ofType(events, "rendered")
  for (const { client, channel, rows } of rendered) {
    const head = rowsOf(truth, channel).at(-1)?.seq ?? 0
    const shown = new Set(rows.map((row) => row.seq))
    for (let seq = rows[0]?.seq ?? 1; seq <= head; seq++)
      if (!shown.has(seq)) report(`${client} does not show ${seq} of ${channel}`)
  }
  for (const client of membersAtTheEnd(events))
    for (const channel of truth.paged.keys())
      if (!rendered.some((r) => r.client === client && r.channel === channel)) report(`${client} shows no ${channel}`)
}

const membersAtTheEnd = (events: readonly HistoryEvent[]): Set<string> => {
  const members = new Set<string>()
  for (const event of events) {
    if (event.type === "joined") members.add(event.client)
    if (event.type === "removed") members.delete(event.client)
  }
  return members
}

const ownOrder = (sends: Sent[], report: Report) => {
  const newest = new Map<string, number>()
  for (const { invoke, ack } of sends) {
    if (!ack) continue
    const key = `${invoke.client} in ${invoke.channel}`
    const before = newest.get(key) ?? 0
    if (ack.seq <= before) report(`${key}: ${ack.seq} was written after ${before}`)
    newest.set(key, ack.seq)
  }
}

const realTimeOrder = (sends: Sent[], truth: Truth, report: Report) => {
  for (const [channel, rows] of truth.paged) {
    const own = sends.filter(({ invoke }) => invoke.channel === channel)
    const seqOf = new Map(rows.map((row) => [`${row.author} ${row.nonce}`, row.seq]))
    const acks = own.flatMap(({ ack }) => ack ?? []).sort((a, b) => a.at - b.at)
    let highest = 0
    let next = 0
    for (const { invoke } of own) {
      for (let ack = acks[next]; ack && ack.at < invoke.at; ack = acks[++next]) highest = Math.max(highest, ack.seq)
      const seq = seqOf.get(`${invoke.client} ${invoke.nonce}`)
      if (seq !== undefined && seq <= highest)
        report(`${channel}: ${seq} was sent after ${highest} was acked, and stands before it`)
    }
  }
}

const noLeaks = (events: readonly HistoryEvent[], { removalMs }: Rules, report: Report) => {
  const joined = new Set(ofType(events, "joined").map((event) => event.client))
  const removedAt = new Map<string, number>()
  for (const event of events) {
    if (event.type === "removed") removedAt.set(event.client, event.at)
    else if (event.type === "joined") removedAt.delete(event.client)
    else if (event.type !== "received") continue
    else if (!joined.has(event.client)) report(`${event.client}, who is no member, heard of ${event.channel}`)
    else if (event.at > (removedAt.get(event.client) ?? Number.POSITIVE_INFINITY) + removalMs)
      report(`${event.client} heard of ${event.channel} after the removal`)
  }
}

/** An edit whose end is unknown may be there, too, when it came after the last that was acked. */
const lastEdit = (events: readonly HistoryEvent[], sends: Sent[], truth: Truth, report: Report) => {
  const edits = editsOf(events)
  for (const { invoke, ack } of sends) {
    if (!ack) continue
    const row = rowsOf(truth, invoke.channel).find(({ id }) => id === ack.id)
    const own = editsOfMessage(edits, ack)
    if (!row || own.length === 0) continue
    const last = own.findLastIndex((edit) => edit.end === "acked")
    const allowed = own.filter((edit, i) => i === last || (i > last && edit.end === "unknown")).map((edit) => edit.body)
    if (last === -1) allowed.push(invoke.body)
    if (!allowed.includes(row.body)) report(`${ack.id} does not say what its last acked edit made of it`)
  }
}

/** Members do only what they may do: only who is removed is ever refused for good. */
const nobodyRefused = (events: readonly HistoryEvent[], report: Report) => {
  const edits = editsOf(events)
  const members = new Set(ofType(events, "joined").map(({ client }) => client))
  // The refusal can arrive before the removal is answered: who is ever removed is not judged.
  for (const { client } of ofType(events, "removed")) members.delete(client)
  for (const { client, channel, nonce, code, definite } of ofType(events, "fail"))
    if (definite && members.has(client)) report(`${client} was refused nonce ${nonce} in ${channel}: ${code}`)
  for (const { client, edit: number, code } of ofType(events, "editFailed")) {
    const edit = edits.find((e) => e.client === client && e.edit === number)
    if (edit && members.has(client) && !(code === "CONFLICT" && followsUnknown(edits, edit)))
      report(`${client} was refused an edit of ${edit.id} in ${edit.channel}: ${code}`)
  }
}

/** Its version counts on an earlier edit of the message, of which nobody knows whether it is there. */
const followsUnknown = (edits: readonly Edit[], later: Edit): boolean =>
  editsOfMessage(edits.slice(0, edits.indexOf(later)), later).some(({ end }) => end === "unknown")
