import type { TraceReply } from "@hearth/core"
import { expect, it } from "vitest"
import { connectionsOf, nodesSay } from "./way.ts"

const reply: TraceReply = {
  all: true,
  nodes: [
    {
      nodeId: "b",
      ok: true,
      since: 50,
      steps: [
        { kind: "delivered", at: 106, ver: 7, count: 3 },
        { kind: "delivered", at: 206, ver: 9, count: 4 },
        { kind: "confirmed", at: 300 },
      ],
    },
    {
      nodeId: "a",
      ok: true,
      since: 90,
      steps: [
        { kind: "stored", at: 103, ver: 7, ms: 2, count: 2 },
        { kind: "accepted", at: 104, ms: 5 },
        { kind: "published", at: 105, ver: 7 },
        { kind: "delivered", at: 105, ver: 7, count: 1 },
        { kind: "changed", at: 204, ver: 9, ms: 1, count: 1 },
        { kind: "published", at: 205, ver: 9 },
      ],
    },
    { nodeId: "c", ok: false, since: null, steps: [] },
  ],
}

it("tells the message's own way from that of its changes, over all nodes", () => {
  const said = nodesSay(reply)
  expect(said.stored).toMatchObject({ nodeId: "a", ver: 7 })
  expect(said.published.map((s) => s.at)).toEqual([105])
  expect(said.delivered.map((s) => [s.nodeId, s.count])).toEqual([
    ["a", 1],
    ["b", 3],
  ])
  expect(connectionsOf(said.delivered)).toBe(4)
  expect(said.changed.map((s) => s.ver)).toEqual([9])
  expect(said).toMatchObject({ confirmed: 1, since: 50 })
})

it("claims nothing of the first delivery when the node that stored the message has forgotten it", () => {
  const [other] = reply.nodes
  const said = nodesSay({ all: true, nodes: other ? [other] : [] })
  expect(said).toMatchObject({ stored: null, published: [], delivered: [], accepted: [], confirmed: 1 })
  expect(nodesSay({ all: false, nodes: [] }).since).toBeNull()
})
