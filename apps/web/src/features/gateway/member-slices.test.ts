import { AppError } from "@hearth/core"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { GatewayClient } from "./gateway-client.ts"
import { createMemberSlices } from "./member-slices.ts"

type Client = Parameters<typeof createMemberSlices>[0]
const reply = { slices: [{ guildId: "1", from: 0, rows: [], groups: [{ key: "members", count: 3 }], total: 3 }] }

/** A gateway that answers as it is told to. */
const gateway = () => {
  let works = true
  let asked = 0
  const client: Client = {
    request: (async (_command, body) => {
      if ((body as { ranges: unknown[] }).ranges.length === 0) return { slices: [] }
      asked++
      if (!works)
        throw new AppError("UNAVAILABLE", "The member list is not available right now. It comes back by itself.")
      return reply
    }) as GatewayClient["request"],
    on: () => () => {},
    onOnline: () => () => {},
  }
  return { client, asked: () => asked, set: (next: boolean) => void (works = next) }
}

describe("the rows of a member list", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it("that do not come are said to have failed, and keep what is there", async () => {
    const { client, set } = gateway()
    const slices = createMemberSlices(client, "1")
    slices.setRanges([[0, 100]])
    await vi.advanceTimersByTimeAsync(0)
    expect(slices.get()).toMatchObject({ failed: false, loading: false, total: 3 })
    set(false)
    slices.setRanges([[0, 200]])
    await vi.advanceTimersByTimeAsync(0)
    expect(slices.get()).toMatchObject({ failed: true, loading: false, total: 3 })
  })

  it("come when somebody tries again, and by themselves after a while", async () => {
    const { client, set, asked } = gateway()
    set(false)
    const slices = createMemberSlices(client, "1")
    slices.setRanges([[0, 100]])
    await vi.advanceTimersByTimeAsync(0)
    expect(slices.get()).toMatchObject({ failed: true, loading: true })
    slices.again()
    await vi.advanceTimersByTimeAsync(0)
    expect([asked(), slices.get().failed]).toEqual([2, true])
    set(true)
    await vi.advanceTimersByTimeAsync(5000)
    expect([asked(), slices.get().failed, slices.get().total]).toEqual([3, false, 3])
  })

  it("nobody looks at any more are not asked for again", async () => {
    const { client, set, asked } = gateway()
    set(false)
    const slices = createMemberSlices(client, "1")
    const stop = slices.start()
    slices.setRanges([[0, 100]])
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([asked(), slices.get().failed]).toEqual([1, false])
  })
})
