import type { Changes } from "@hearth/core"
import { expect, test } from "vitest"
import { createLogger } from "../logger.ts"
import { createMetrics } from "../metrics.ts"
import { defaultSizes, defaultTimings } from "../timings.ts"
import { type ChannelDeps, channelHandlers } from "./channels.ts"

const CHANNEL = "4"

const connectionOf = (n: number, heard: unknown[]) => {
  const rooms = new Set<string>()
  const socket = {
    id: `socket-${n}`,
    rooms,
    connected: true,
    join: async (room: string) => void rooms.add(room),
    leave: async (room: string) => void rooms.delete(room),
    timeout: () => ({ emitWithAck: async (_event: string, part: unknown) => void heard.push(part) }),
  }
  return { userId: String(n + 1), socket } as unknown as Parameters<
    ReturnType<typeof channelHandlers>["channel:resume"]
  >[1]
}

test("many who open one channel at once cost a handful of reads, and each is answered", async () => {
  const metrics = createMetrics({
    bus: () => ({ lagMs: 0, dropped: 0, gaps: 0 }),
    connections: () => 0,
    outboxAgeSeconds: () => 0,
    inFlight: () => 0,
    pulled: () => 0,
  })
  const waiting: (() => void)[] = []
  const changes: Changes = { reset: true, messages: [], changed: [], marks: { "0": 3 }, head: 3 }
  const handlers = channelHandlers({
    access: { can: () => true },
    store: { since: () => new Promise<Changes>((resolve) => waiting.push(() => resolve(changes))) },
    heads: { isAhead: () => false, learned: () => {} },
    metrics,
    timings: defaultTimings,
    sizes: defaultSizes,
    log: createLogger("silent"),
    isSlow: () => false,
    onConfirmed: () => {},
    pulling: { since: () => null },
  } as unknown as ChannelDeps)
  const heard: unknown[] = []
  const all = Promise.all(
    Array.from({ length: 500 }, (_, n) =>
      handlers["channel:resume"]({ channels: [{ channelId: CHANNEL, span: null, marks: {} }] }, connectionOf(n, heard)),
    ),
  )
  await expect.poll(() => waiting.length).toBe(1)
  waiting[0]?.()
  await expect.poll(() => waiting.length).toBe(2)
  waiting[1]?.()
  await all
  expect(heard).toHaveLength(500)
  expect((await metrics.resumeReads.get()).values[0]?.value).toBe(2)
})
