import type { Packet } from "@hearth/core"
import { expect, test } from "vitest"
import type { Delivery } from "./delivery.ts"
import { createPacketPublisher } from "./publish.ts"

const packet = (channelId: string, ver: number): Packet => ({ channelId, scope: -1, ver, head: ver, items: [] })
const turn = () => new Promise(setImmediate)

const publisher = () => {
  const drained = Promise.withResolvers<void>()
  const frames: number[] = []
  let busy = false
  const delivery = {
    busy: () => busy,
    drained: () => (busy ? drained.promise : Promise.resolve()),
  } as unknown as Delivery
  const packets = createPacketPublisher((_room, _event, payload) => {
    frames.push((payload as Packet[]).length)
    busy = true
  }, delivery)
  const finish = () => {
    busy = false
    drained.resolve()
  }
  return { packets, frames, finish }
}

test("a channel is leaving from when it is published until the last socket has it", async () => {
  const { packets, frames, finish } = publisher()
  expect(packets.leaving("7")).toBeNull()
  packets.publish(packet("7", 1))
  const leaving = packets.leaving("7")
  let left = false
  void leaving?.then(() => (left = true))
  expect(packets.leaving("8")).toBeNull()
  await turn()
  expect(frames).toEqual([1])
  expect(left).toBe(false)
  expect(packets.leaving("7")).not.toBeNull()
  finish()
  await turn()
  expect(left).toBe(true)
  expect(packets.leaving("7")).toBeNull()
})

test("packets that come while a room is served leave as one frame", async () => {
  const { packets, frames, finish } = publisher()
  packets.publish(packet("7", 1))
  await turn()
  packets.publish(packet("7", 2))
  packets.publish(packet("7", 3))
  await turn()
  expect(frames).toEqual([1])
  finish()
  await turn()
  await turn()
  expect(frames).toEqual([1, 2])
})
