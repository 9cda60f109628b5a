import { expect, test } from "vitest"
import type { HistoryEvent } from "../history.ts"
import type { Stage } from "../stage.ts"
import { ackedWhile, oneOfThree } from "./one-of-three.ts"

const fault = (at: number, stage: "hit" | "healed"): HistoryEvent => ({
  ...{ at, client: "faults", type: "fault", stage, what: "any" },
})
const send = (at: number, ackedAt: number): HistoryEvent[] => [
  { at, client: "alice", type: "invoke", channel: "1", nonce: String(at), body: "x" },
  { at: ackedAt, client: "alice", type: "ack", channel: "1", nonce: String(at), id: String(at), seq: at },
]
const verify = (events: HistoryEvent[]) => oneOfThree.verify?.({ history: { events } } as Stage)

test("sends that wait for the node are a fault, sends that go on without it are not", () => {
  const around = [fault(10, "hit"), fault(50, "healed")]
  const goneOn = [...around, ...send(20, 21), ...send(30, 31)]
  expect(ackedWhile(goneOn)).toEqual({ said: 2, acked: 2 })
  expect(() => verify(goneOn)).not.toThrow()
  expect(() => verify([...around, ...send(5, 6), ...send(20, 60), ...send(30, 61), ...send(40, 62)])).toThrow("0 of 3")
  expect(() => verify(around)).toThrow("0 of 0")
})
