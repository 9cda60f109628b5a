import { openMemoryRateLimits } from "@hearth/db/rate-limits"
import { expect, it } from "vitest"
import { takeTurn } from "./slowmode.ts"

const open = () => {
  let now = 1_000_000
  const limits = openMemoryRateLimits({ clock: () => now })
  const send = async (nonce: string, seconds = 10) => {
    const taken = await takeTurn(limits, [], { channelId: "1", userId: "2", nonce, seconds }).catch((e: unknown) => e)
    return Array.isArray(taken) ? "sent" : (taken as { retryAfterMs: number }).retryAfterMs
  }
  return { send, pass: (ms: number) => void (now += ms), limits }
}

it("one message in its time, and says how long the next one waits", async () => {
  const { send, pass } = open()
  expect(await send("a")).toBe("sent")
  pass(4000)
  expect(await send("b")).toBe(6000)
  pass(6000)
  expect(await send("b")).toBe("sent")
})

it("a retry of what holds the turn is free; what was refused never counts as a retry, sent twice at once or not", async () => {
  const { send, pass } = open()
  await send("a")
  pass(1000)
  expect(await send("a")).toBe("sent")
  expect(await Promise.all([send("b"), send("b"), send("b")])).toEqual([9000, 9000, 9000])
  pass(9000)
  expect(await Promise.all([send("b"), send("c")])).toEqual(["sent", 10_000])
})

it("another length of slow mode begins anew, and none lets all through", async () => {
  const { send } = open()
  await send("a", 3600)
  expect(await send("b", 5)).toBe("sent")
  expect([await send("c", 0), await send("d", 0)]).toEqual(["sent", "sent"])
})

it("says what refused it: slow mode, or the pace of all that one sends", async () => {
  const { limits } = open()
  const pace = [{ limit: { name: "send", burst: 2, perSecond: 0.1 }, subject: "2" }]
  const send = (channelId: string, nonce: string) =>
    takeTurn(limits, pace, { channelId, userId: "2", nonce, seconds: 5 })
  await send("1", "a")
  await expect(send("1", "b")).rejects.toThrow("slow mode")
  await send("3", "c")
  await expect(send("4", "d")).rejects.toThrow("too fast")
  await expect(send("1", "a")).rejects.toThrow("too fast")
  await expect(send("1", "b")).rejects.toThrow("slow mode")
})
