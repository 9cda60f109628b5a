import type { Message, Packet } from "@hearth/core"
import { expect, it } from "vitest"
import { createTrail } from "./trail.ts"

const row = (seq: number) => ({ seq }) as Message
const packet = (ver: number, ...seqs: number[]): Packet => ({
  channelId: "7",
  scope: -1,
  ver,
  head: 9,
  items: seqs.map(row),
})

it("tells of one message what was done with it, in the order of time", () => {
  let now = 100
  const trail = createTrail({ clock: () => now++ })
  trail.stored(packet(3, 4, 5, 6), { kind: "append", ms: 2 })
  trail.accepted("7", 5, { ms: 3, again: false })
  trail.published([packet(3, 4, 5, 6), packet(4, 7)])
  trail.delivered([packet(3, 4, 5, 6)], 12)
  trail.accepted("7", 5, { ms: 1, again: true })
  trail.stored(packet(5, 2, 5), { kind: "change", ms: 4 })
  trail.confirmed("7", [row(5), row(6)])
  expect(trail.of("7", 5)).toEqual({
    ok: true,
    since: 100,
    steps: [
      { kind: "stored", at: 101, ver: 3, ms: 2, count: 3 },
      { kind: "accepted", at: 102, ms: 3 },
      { kind: "published", at: 103, ver: 3 },
      { kind: "delivered", at: 105, ver: 3, count: 12 },
      { kind: "accepted", at: 106, ms: 1, again: true },
      { kind: "changed", at: 107, ver: 5, ms: 4, count: 2 },
      { kind: "confirmed", at: 108 },
    ],
  })
  // Between two numbers that one change touched lies one that it did not.
  expect(trail.of("7", 4).steps.map((s) => s.kind)).toEqual(["stored", "published", "delivered"])
  expect(trail.of("8", 5).steps).toEqual([])
})

it("forgets the oldest, says since when it remembers, and tells no more than a reader can take", () => {
  let now = 0
  const trail = createTrail({ clock: () => now++, steps: 500 })
  for (let i = 0; i < 500; i++) trail.accepted("7", 1, { ms: 0, again: false })
  expect(trail.of("7", 1)).toMatchObject({ since: 1 })
  expect(trail.of("7", 1).steps).toHaveLength(200)
  for (let i = 0; i < 499; i++) trail.confirmed("7", [row(2)])
  expect(trail.of("7", 1)).toEqual({ ok: true, since: 500, steps: [{ kind: "accepted", at: 500, ms: 0 }] })
  trail.confirmed("7", [row(2)])
  expect(trail.of("7", 1)).toEqual({ ok: true, since: 501, steps: [] })
})
