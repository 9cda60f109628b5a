import { AppError } from "@hearth/core"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { GatewayClient } from "./gateway-client.ts"
import { createPresenceWatch } from "./presence-watch.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

/** A gateway on which everybody is online, says something, and is told of to who asked. */
const setUp = () => {
  const held = { fails: false, status: "online", asked: [] as string[][] }
  const client = {
    request: (async (_command, body) => {
      const { userIds } = body as { userIds: string[] }
      held.asked.push(userIds)
      if (held.fails) throw new AppError("UNAVAILABLE", "Not right now.")
      const each = <T>(value: T) => Object.fromEntries(userIds.map((id) => [id, value]))
      return { presences: each("online"), statuses: each({ text: "here" }) }
    }) as GatewayClient["request"],
    on: () => () => {},
    onOnline: () => () => {},
    connection: () => ({ status: held.status }) as ReturnType<GatewayClient["connection"]>,
  }
  return { held, watch: createPresenceWatch(client) }
}
const ids = (n: number) => Array.from({ length: n }, (_, i) => String(1000 + i))

describe("who is on screen", () => {
  it("and not among the newest 200 is unknown until somebody leaves", async () => {
    const { held, watch } = setUp()
    const [first = "", ...others] = ids(201)
    watch.watch(first)
    await pass(200)
    expect([watch.get(first), watch.line(first)?.text]).toEqual(["online", "here"])
    const stops = others.map((id) => watch.watch(id))
    const drawn = vi.fn()
    watch.subscribe(drawn)
    await pass(200)
    expect(held.asked.at(-1)).toEqual(others)
    expect([watch.get(first), watch.line(first), watch.get("1001")]).toEqual([undefined, null, "online"])
    expect(drawn).toHaveBeenCalled()
    stops.at(-1)?.()
    await pass(200)
    expect(held.asked.at(-1)).toContain(first)
    expect([watch.get(first), watch.line(first)?.text]).toEqual(["online", "here"])
  })

  it("is asked for again after a while when the gateway did not answer", async () => {
    const { held, watch } = setUp()
    held.fails = true
    const stop = watch.watch("1")
    await pass(200)
    expect([held.asked.length, watch.get("1")]).toEqual([1, undefined])
    held.fails = false
    await pass(5_200)
    expect([held.asked.length, watch.get("1")]).toEqual([2, "online"])
    // That nobody is looked at any more, too.
    held.fails = true
    stop()
    await pass(200)
    held.fails = false
    await pass(60_000)
    expect(held.asked.slice(2)).toEqual([[], []])
  })

  it.each(["without a connection", "after the end"])("is not asked for again %s", async (when) => {
    const { held, watch } = setUp()
    held.fails = true
    watch.watch("1")
    await pass(200)
    if (when === "after the end") watch.stop()
    else held.status = "reconnecting"
    await pass(60_000)
    expect(held.asked).toHaveLength(1)
  })
})
