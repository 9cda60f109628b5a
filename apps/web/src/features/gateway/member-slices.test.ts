import { AppError } from "@hearth/core"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { GatewayClient } from "./gateway-client.ts"
import { createMemberSlices } from "./member-slices.ts"

type Client = Parameters<typeof createMemberSlices>[0]
const row = (n: number) => ({ user: { id: String(n), displayName: `member ${n}` }, roleIds: [], joinedAt: 0 })
const TOTAL = 10_000
type Ranges = [number, number][]
const answerTo = (ranges: Ranges) => ({
  slices: ranges.map(([from, count]) => ({
    guildId: "1",
    from,
    rows: Array.from({ length: count }, (_, i) => row(from + i)),
    groups: [{ key: "members", count: TOTAL }],
    total: TOTAL,
  })),
})

/** A gateway that answers as it is told to. */
const gateway = ({ slow = false } = {}) => {
  let works = true
  const asked: Ranges[] = []
  const waiting: (() => void)[] = []
  let comeOnline = () => {}
  const client: Client = {
    request: (async (_command, body) => {
      const { ranges } = body as { ranges: Ranges }
      if (ranges.length === 0) return { slices: [] }
      asked.push(ranges)
      if (slow) await new Promise<void>((resolve) => waiting.push(resolve))
      if (!works)
        throw new AppError("UNAVAILABLE", "The member list is not available right now. It comes back by itself.")
      return answerTo(ranges)
    }) as GatewayClient["request"],
    on: () => () => {},
    onOnline: (listener) => {
      comeOnline = listener
      return () => {}
    },
  }
  return {
    client,
    asked,
    set: (next: boolean) => void (works = next),
    answer: () => waiting.shift()?.(),
    comeOnline: () => comeOnline(),
  }
}

describe("the rows of a member list", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  it("that do not come are said to have failed, and keep what is there", async () => {
    const { client, set } = gateway()
    const slices = createMemberSlices(client, "1")
    slices.setRanges([[0, 100]])
    await pass(0)
    expect(slices.get()).toMatchObject({ failed: false, loading: false, total: TOTAL })
    set(false)
    slices.setRanges([[0, 50]])
    await pass(100)
    expect(slices.get()).toMatchObject({ failed: true, loading: false, total: TOTAL })
    expect(slices.get().rows.size).toBe(100)
  })

  it("come when somebody tries again, and by themselves after a while", async () => {
    const { client, set, asked } = gateway()
    set(false)
    const slices = createMemberSlices(client, "1")
    slices.setRanges([[0, 100]])
    await pass(0)
    expect(slices.get()).toMatchObject({ failed: true, loading: true })
    slices.again()
    await pass(0)
    expect([asked.length, slices.get().failed]).toEqual([2, true])
    set(true)
    await pass(5000)
    expect([asked.length, slices.get().failed, slices.get().total]).toEqual([3, false, TOTAL])
  })

  it("nobody looks at any more are not asked for again", async () => {
    const { client, set, asked } = gateway()
    set(false)
    const slices = createMemberSlices(client, "1")
    const stop = slices.start()
    slices.setRanges([[0, 100]])
    await pass(0)
    stop()
    await pass(60_000)
    expect(asked).toHaveLength(1)
  })

  it("are asked for one question at a time, and where one is by then; what came on the way is shown, too", async () => {
    const { client, asked, answer } = gateway({ slow: true })
    const slices = createMemberSlices(client, "1")
    slices.setRanges([[0, 100]])
    await pass(0)
    for (const from of [100, 200, 300]) {
      slices.setRanges([[from, 100]])
      await pass(200)
    }
    expect(asked).toEqual([[[0, 100]]])
    answer()
    await pass(0)
    expect(asked).toEqual([[[0, 100]], [[300, 100]]])
    expect([slices.get().rows.has(99), slices.get().rows.has(300)]).toEqual([true, false])
    answer()
    await pass(0)
    expect(slices.get().rows.has(300)).toBe(true)
    expect(asked).toHaveLength(2)
  })

  it("are asked for at a pace that leaves room for others on the connection", async () => {
    const { client, asked } = gateway()
    const slices = createMemberSlices(client, "1")
    for (let ms = 0; ms < 1000; ms += 10) {
      slices.setRanges([[ms * 10, 100]])
      await pass(10)
    }
    await pass(100)
    // Half of what a connection may ask for.
    expect(asked.length).toBeLessThanOrEqual(22)
    expect(asked.length).toBeGreaterThan(10)
    expect(asked.at(-1)).toEqual([[9900, 100]])
    // However far one scrolled, only what is near is kept.
    expect(slices.get().rows.size).toBeLessThan(1000)
  })

  it("that were asked for on a connection that broke are asked for on the next", async () => {
    const { client, asked, answer, comeOnline } = gateway({ slow: true })
    const slices = createMemberSlices(client, "1")
    slices.start()
    slices.setRanges([[0, 100]])
    await pass(0)
    comeOnline()
    await pass(0)
    expect(asked).toHaveLength(2)
    // The first answer never comes.
    answer()
    answer()
    await pass(0)
    expect(slices.get()).toMatchObject({ loading: false, total: TOTAL })
  })

  it("are still loading while the server reads them: an answer without slices says that they follow", async () => {
    const { client } = gateway()
    let push: (payload: { slices: unknown[] }) => void = () => {}
    const slices = createMemberSlices(
      {
        ...client,
        request: (async () => ({ slices: [] })) as GatewayClient["request"],
        on: ((event: string, listener: typeof push) => {
          if (event === "members:changed") push = listener
          return () => {}
        }) as Client["on"],
      },
      "1",
    )
    slices.start()
    slices.setRanges([[0, 100]])
    await pass(0)
    expect(slices.get()).toMatchObject({ loading: true, failed: false })
    push(answerTo([[0, 100]]))
    expect(slices.get()).toMatchObject({ loading: false, total: TOTAL })
  })
})
