import { setImmediate as nextTurn } from "node:timers/promises"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import type { EventName, PersonReceipt, Receipt } from "@hearth/core"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createReceipts, type ReceiptDeps } from "./receipts.ts"

const person = (id: string, delivered: number, read: number): PersonReceipt => ({
  user: { id, displayName: id },
  since: 0,
  delivered,
  read,
})
const list = vi.fn<ReceiptDeps["list"]>()
let handlers: Map<EventName, (payload: never) => void>
let comeOnline: () => void
const open = () => {
  handlers = new Map()
  return createReceipts({
    client: {
      on: (event, handler) => {
        handlers.set(event, handler)
        return () => handlers.delete(event)
      },
      onOnline: (listener) => {
        comeOnline = listener
        listener()
        return () => {}
      },
    },
    list,
  })
}
const hear = (...receipts: Receipt[]) => handlers.get("receipts:marked")?.({ receipts: { 7: receipts } } as never)
const standing = (store: ReturnType<typeof open>) => store.of("7")?.map((p) => [p.user.id, p.delivered, p.read])

beforeEach(() => {
  vi.useFakeTimers()
  list.mockReset().mockResolvedValue([person("2", 1, 1), person("3", 0, 0)])
})
afterEach(() => {
  vi.useRealTimers()
})

it("what is asked for and what is heard meanwhile are one, and marks only rise", async () => {
  const store = open()
  const drawn = vi.fn()
  store.watch("7", drawn)
  expect(store.of("7")).toBeNull()
  hear({ userId: "3", delivered: 4, read: 0 })
  await vi.advanceTimersByTimeAsync(0)
  expect(standing(store)).toEqual([
    ["2", 1, 1],
    ["3", 4, 0],
  ])
  hear({ userId: "3", delivered: 2, read: 2 }, { userId: "9", delivered: 9, read: 9 })
  expect(standing(store)?.[1]).toEqual(["3", 4, 2])
  const calls = drawn.mock.calls.length
  hear({ userId: "3", delivered: 1, read: 1 })
  expect(drawn).toHaveBeenCalledTimes(calls)
})

it("what was heard is kept only while an answer is awaited", async () => {
  setFlagsFromString("--expose-gc")
  const collect = runInNewContext("gc") as () => void
  const store = open()
  store.watch("7", () => {})
  const hearOf = (delivered: number) => {
    const receipt = { userId: "2", delivered, read: 0 }
    hear(receipt)
    return new WeakRef(receipt)
  }
  const early = hearOf(2)
  await vi.advanceTimersByTimeAsync(0)
  const late = hearOf(3)
  // What a WeakRef was asked for, or made of, stays until the turn ends.
  await nextTurn()
  collect()
  expect([early.deref(), late.deref()]).toEqual([undefined, undefined])
  expect(standing(store)?.[0]).toEqual(["2", 3, 1])
})

it("it is asked for anew when the connection is back and when people come and go, and the last answer holds", async () => {
  const store = open()
  store.watch("7", () => {})
  await vi.advanceTimersByTimeAsync(0)
  hear({ userId: "2", delivered: 5, read: 5 })
  // They turned receipts off: what was known goes.
  list.mockResolvedValue([person("2", 0, 0)])
  comeOnline()
  await vi.advanceTimersByTimeAsync(0)
  expect(standing(store)).toEqual([["2", 0, 0]])
  handlers.get("conversation:updated")?.({ guildId: "8" } as never)
  expect(list).toHaveBeenCalledTimes(2)
  handlers.get("conversation:updated")?.({ guildId: "7" } as never)
  expect(list).toHaveBeenCalledTimes(3)
})

it("it is asked for anew when one turns receipts on or off, as long as somebody looks", async () => {
  const store = open()
  const off = store.watch("7", () => {})
  await vi.advanceTimersByTimeAsync(0)
  list.mockResolvedValue([person("2", 0, 0)])
  handlers.get("rules:updated")?.({ open: false } as never)
  expect(list).toHaveBeenCalledTimes(1)
  handlers.get("rules:updated")?.({ receipts: false } as never)
  await vi.advanceTimersByTimeAsync(0)
  expect(standing(store)).toEqual([["2", 0, 0]])
  off()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(handlers.has("rules:updated")).toBe(false)
})

it("what was not answered is asked for again, as long as somebody looks", async () => {
  list.mockRejectedValueOnce(new Error("away"))
  const store = open()
  const off = store.watch("7", () => {})
  await vi.advanceTimersByTimeAsync(5_000)
  expect(standing(store)).toHaveLength(2)
  list.mockRejectedValue(new Error("away"))
  comeOnline()
  await vi.advanceTimersByTimeAsync(0)
  off()
  const asked = list.mock.calls.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(list).toHaveBeenCalledTimes(asked)
})

it("it is kept for a moment between two rows, then asked for anew", async () => {
  const store = open()
  const off = store.watch("7", () => {})
  await vi.advanceTimersByTimeAsync(0)
  off()
  const again = store.watch("7", () => {})
  await vi.advanceTimersByTimeAsync(5_000)
  expect([list.mock.calls.length, standing(store)?.length]).toEqual([1, 2])
  again()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(store.of("7")).toBeNull()
  store.watch("7", () => {})
  expect(list).toHaveBeenCalledTimes(2)
})
