import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, expect, onTestFinished, test, vi } from "vitest"
import { createMetrics } from "../../apps/realtime/src/metrics.ts"
import type { Stage } from "../stage.ts"
import { slowStore } from "./network.ts"

afterEach(() => void vi.useRealTimers())

/** One node with a gateway's metrics, and one member who is connected to it. */
const stageOfOne = async () => {
  const zero = () => 0
  const bus = () => ({ lagMs: 0, dropped: 0, gaps: 0 })
  const metrics = createMetrics({
    bus,
    connections: zero,
    outboxAgeSeconds: zero,
    inFlight: zero,
    pulled: zero,
    packets: () => ({}),
  })
  const server = createServer((_, response) => void metrics.registry.metrics().then((text) => response.end(text)))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const member = { node: url, worstMs: 9000, breakOff: vi.fn() }
  const late = vi.fn()
  const stage = {
    ...{ members: [member], writers: [member], stack: new AsyncDisposableStack() },
    deployment: { nodes: [{ name: "gateway-1", url, storeLink: { delay: late } }] },
  } as unknown as Stage
  const append = (ms: number) => metrics.append.observe({ store: "postgres" }, ms)
  return { stage, member, append, late }
}

test("a slow store is seen when appends got slow, not when one had been before or a send waited", async () => {
  const { stage, append } = await stageOfOne()
  append(1600)
  await slowStore.hit?.(stage)
  append(900)
  expect(await slowStore.seen?.(stage)).toBe(false)
  append(1600)
  expect(await slowStore.seen?.(stage)).toBe(true)
  await slowStore.heal?.(stage)
})

test("a slow store that is healed breaks nobody's connection any more, nor does a run that ended before", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] })
  const { stage, member, late } = await stageOfOne()
  await slowStore.hit?.(stage)
  vi.advanceTimersByTime(2000)
  expect(member.breakOff).toHaveBeenCalledTimes(1)
  await slowStore.heal?.(stage)
  vi.advanceTimersByTime(10_000)
  expect(member.breakOff).toHaveBeenCalledTimes(1)
  expect(late.mock.calls).toEqual([[750], [0]])

  await slowStore.hit?.(stage)
  await stage.stack.disposeAsync()
  vi.advanceTimersByTime(10_000)
  expect(member.breakOff).toHaveBeenCalledTimes(1)
})
