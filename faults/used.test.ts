import { expect, test } from "vitest"
import type { HistoryEvent } from "./history.ts"
import { usedAfter } from "./used.ts"

const ack = (at: number, client: string): HistoryEvent => ({
  ...{ at, client, type: "ack", channel: "1", nonce: String(at), id: String(at), seq: at },
})
const healed: HistoryEvent = { at: 100, client: "faults", type: "fault", stage: "healed", what: "any" }
const early = [ack(90, "alice"), ack(95, "bob"), healed]

test("what was broken is used again when everybody had an ack since", () => {
  const events = [...early, ack(110, "alice"), ack(120, "alice"), ack(140, "bob"), ack(150, "bob")]
  expect(usedAfter(events, ["alice", "bob"])).toBe(40)
})

test("one who was acked before only says nothing of now, and where nothing broke nothing came back", () => {
  expect(usedAfter([...early, ack(110, "alice")], ["alice", "bob"])).toBeNull()
  expect(usedAfter([ack(90, "alice")], ["alice"])).toBeNull()
})
