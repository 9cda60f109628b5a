import { createHistory, type HistoryEvent, type Row } from "./history.ts"

export interface Run {
  events: HistoryEvent[]
  paged: Map<string, Row[]>
  stored: Map<string, Row[]>
}

type Loose = Omit<HistoryEvent, "at" | "client"> & Record<string, unknown>

/** A run in which everything went well, made up: what the checker must pass, and what its self-test spoils. */
export const goodHistory = (): Run => {
  const { events } = createHistory()
  let clock = 0
  const note = (client: string, event: Loose) => void events.push({ ...event, client, at: ++clock } as HistoryEvent)
  const logs = new Map<string, Row[]>([
    ["c1", []],
    ["c2", []],
  ])
  const log = (channel: string) => logs.get(channel) ?? []
  const say = (author: string, channel: string, n: number) => {
    const row: Row = {
      seq: log(channel).length + 1,
      id: String(1000 + log(channel).length),
      author,
      nonce: `nonce-${n}`,
      body: `body ${n}`,
    }
    note(author, { type: "invoke", channel, nonce: row.nonce, body: row.body })
    log(channel).push(row)
    return { row, ack: () => note(author, { type: "ack", channel, nonce: row.nonce, id: row.id, seq: row.seq }) }
  }

  for (const client of ["ann", "ben", "cid"]) {
    note(client, { type: "connected", node: "1" })
    note(client, { type: "joined" })
  }
  note("eve", { type: "connected", node: "2" })
  note("ann", { type: "planned", count: 12 })
  note("ben", { type: "planned", count: 12 })
  for (let n = 0; n < 24; n++) {
    const { ack } = say(n % 2 ? "ann" : "ben", n % 3 ? "c1" : "c2", n)
    if (n === 8) note("faults", { type: "fault", stage: "hit", what: "node 1 killed" })
    if (n === 9) note("faults", { type: "fault", stage: "seen", what: "node 1 is gone" })
    if (n === 12) note("faults", { type: "fault", stage: "healed", what: "node 1 started" })
    if (n === 15) note("cid", { type: "removed" })
    note("ann", { type: "received", channel: "c1", via: "live" })
    if (n < 15) note("cid", { type: "received", channel: "c1", via: "live" })
    ack()
  }
  const edited = log("c1")[3]
  if (!edited) throw new Error("there is nothing to edit")
  for (const [edit, body] of ["edited once", "edited twice"].entries()) {
    note(edited.author, { type: "edit", edit, channel: "c1", id: edited.id, body })
    note(edited.author, { type: "edited", edit })
    edited.body = body
  }
  for (const client of ["ann", "ben"])
    for (const [channel, rows] of logs)
      note(client, { type: "rendered", channel, rows: rows.slice(2).map((r) => ({ ...r })) })
  return { events, paged: structuredClone(logs), stored: structuredClone(logs) }
}
