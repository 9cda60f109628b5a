import type { Snowflake } from "@hearth/core"
import type { Move, Moved } from "@hearth/db/receipts"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { Connection } from "../connection.ts"
import { silentLogger } from "../logger.ts"
import { createReceipts, type ReceiptDeps } from "./receipts.ts"

const raise = vi.hoisted(() => vi.fn())
vi.mock("@hearth/db/receipts", () => ({ raiseReceipts: raise }))

const [ada, bob] = ["1", "2"] as const
const talk = "7"
const emit = vi.fn()
const tell = vi.fn()
let hear: (data: unknown) => void = () => {}
let here: Snowflake[] = []

/** Everybody in the talk is told of what moved. */
const moved = (moves: readonly Move[]): Moved[] =>
  moves.map(({ conversationId, userId, delivered, read }) => ({
    conversationId,
    people: [ada, bob],
    receipts: [{ userId, delivered, read }],
  }))
const open = () => {
  const deps: ReceiptDeps = {
    db: {} as ReceiptDeps["db"],
    access: { guildOf: (id) => (id === talk ? talk : undefined), isMember: (userId) => userId !== "3" },
    connections: { ofUser: (userId) => (here.includes(userId) ? [{} as Connection] : []) },
    delivery: { emit },
    bus: {
      tell,
      onTold: (_, listener) => {
        hear = listener
        return () => {}
      },
    },
    heads: { known: () => 9 },
    timings: { receipts: 1000, receiptsGather: 50 },
    clock: () => Date.now(),
    log: silentLogger(),
  }
  return createReceipts(deps)
}
const read = (seq: number) => [{ channelId: talk, lastReadSeq: seq }]
const toldTo = (reader: string) => emit.mock.calls.filter(([room]) => room === `user:${reader}`)

beforeEach(() => {
  vi.useFakeTimers()
  raise.mockReset().mockImplementation(async (_, moves: readonly Move[]) => moved(moves))
  emit.mockReset()
  tell.mockReset()
  here = [ada, bob]
})
afterEach(() => {
  vi.useRealTimers()
})

it("what comes within a moment is one write and one word, then nothing before the interval is over", async () => {
  const receipts = open()
  for (const seq of [3, 5, 4]) receipts.read(bob, read(seq))
  await vi.advanceTimersByTimeAsync(50)
  expect(raise).toHaveBeenCalledTimes(1)
  expect(raise.mock.calls[0]?.[1]).toEqual([{ conversationId: talk, userId: bob, delivered: 5, read: 5, known: 5 }])
  expect(toldTo(ada)).toEqual([
    ["user:1", "receipts:marked", [{ receipts: { [talk]: [{ userId: bob, delivered: 5, read: 5 }] } }]],
  ])
  // Nobody is told of themselves.
  expect(toldTo(bob)).toEqual([])
  receipts.read(bob, read(6))
  await vi.advanceTimersByTimeAsync(900)
  expect(raise).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(100)
  expect(raise).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(emit).toHaveBeenCalledTimes(2)
})

it("what could not be written is written later, with what came meanwhile", async () => {
  raise.mockRejectedValueOnce(new Error("away"))
  const receipts = open()
  receipts.read(bob, read(3))
  await vi.advanceTimersByTimeAsync(50)
  expect(emit).not.toHaveBeenCalled()
  await receipts.handlers["receipts:mark"]?.({ delivered: { [talk]: 8 } }, { userId: bob } as Connection)
  await vi.advanceTimersByTimeAsync(1000)
  expect(raise.mock.calls[1]?.[1]).toEqual([{ conversationId: talk, userId: bob, delivered: 8, read: 3, known: 9 }])
  expect(toldTo(ada)).toHaveLength(1)
})

it("what is not one's own, and no conversation, is passed over", async () => {
  const receipts = open()
  receipts.read("3", read(3))
  receipts.read(bob, [{ channelId: "8", lastReadSeq: 3 }])
  await receipts.handlers["receipts:mark"]?.({ delivered: { [talk]: 8 } }, { userId: "3" } as Connection)
  await receipts.handlers["receipts:mark"]?.({ delivered: { 8: 8 } }, { userId: bob } as Connection)
  await vi.advanceTimersByTimeAsync(5000)
  expect(raise).not.toHaveBeenCalled()
})

it("what another node wrote is told to those who are here, but not of whom they are not told", async () => {
  open()
  here = [ada]
  hear([
    {
      conversationId: talk,
      people: [ada, bob, "4"],
      receipts: [
        { userId: bob, delivered: 4, read: 2 },
        { userId: "4", delivered: 4, read: 4, not: [ada] },
      ],
    },
  ] satisfies Moved[])
  await vi.advanceTimersByTimeAsync(50)
  expect(emit.mock.calls).toEqual([
    ["user:1", "receipts:marked", [{ receipts: { [talk]: [{ userId: bob, delivered: 4, read: 2 }] } }]],
  ])
  expect(tell).not.toHaveBeenCalled()
})

it("what waits is written when the node leaves", async () => {
  const receipts = open()
  receipts.read(bob, read(3))
  await receipts.close?.()
  expect(raise).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(5000)
  expect(raise).toHaveBeenCalledTimes(1)
})
