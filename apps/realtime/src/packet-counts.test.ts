import { isEventName } from "@hearth/core"
import { expect, test } from "vitest"
import type { GatewayServer } from "./connection.ts"
import { countDirectPackets, createPacketCounts } from "./packet-counts.ts"

test("each receiver counts, under what its packet is for; what is no event of ours counts nowhere", () => {
  const counts = createPacketCounts()
  counts.add("channel:changed", 40)
  counts.add("channel:resumed", 2)
  counts.add("presence:changed", 1)
  counts.add("nothing:known", 5)
  counts.answered()
  expect(counts.totals).toMatchObject({ messages: 42, presence: 1, answers: 1 })
  expect(Object.values(counts.totals).reduce((sum, n) => sum + n, 0)).toBe(44)
  expect(isEventName("nothing:known")).toBe(false)
})

test("what goes to one socket is counted by the encoder on its way, whose answer stays what it was", () => {
  const counts = createPacketCounts()
  const io = { encoder: { encode: (packet: { type: number }) => [`packet ${packet.type}`] } }
  const before = io.encoder
  countDirectPackets(io as unknown as GatewayServer, counts)
  const encode = (type: number, data: unknown[]) => io.encoder.encode({ type, data } as { type: number })
  expect(encode(2, ["typing:started", {}])).toEqual(["packet 2"])
  encode(3, [{ ok: true }])
  // Connecting and disconnecting are Socket.IO's own.
  encode(0, [])
  encode(1, [])
  // What the adapter kept from before counts nothing: rooms are counted where they are served.
  before.encode({ type: 2 })
  expect(counts.totals).toMatchObject({ typing: 1, answers: 1, connection: 0 })
})
