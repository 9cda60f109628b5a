import { AppError, type Changes, channelRoom } from "@hearth/core"
import { expect, onTestFinished, test, vi } from "vitest"
import { createLogger } from "../logger.ts"
import { createMetrics } from "../metrics.ts"
import { defaultSizes, defaultTimings } from "../timings.ts"
import { type ChannelDeps, channelHandlers } from "./channels.ts"

const CHANNEL = "4"

const connectionOf = (n: number, heard: { push(part: { head: number }): unknown }) => {
  const rooms = new Set<string>()
  const socket = {
    id: `socket-${n}`,
    rooms,
    connected: true,
    join: async (room: string) => void rooms.add(room),
    leave: async (room: string) => void rooms.delete(room),
    timeout: () => ({ emitWithAck: async (_event: string, part: { head: number }) => void heard.push(part) }),
  }
  return { userId: String(n + 1), socket } as unknown as Parameters<
    ReturnType<typeof channelHandlers>["channel:resume"]
  >[1]
}

const someMetrics = () =>
  createMetrics({
    bus: () => ({ lagMs: 0, dropped: 0, gaps: 0 }),
    connections: () => 0,
    outboxAgeSeconds: () => 0,
    inFlight: () => 0,
    pulled: () => 0,
    packets: () => ({}),
  })

/** Handlers over this store, on a node that knows of no more than `known`. */
const handlersOver = (
  store: Partial<ChannelDeps["store"]>,
  {
    metrics = someMetrics(),
    known = 0,
    isAhead = (_: string, than: { head: number }): boolean => than.head < 0,
    pulled = (): Changes | null => null,
    requireFresh = (): void => {},
  } = {},
) =>
  channelHandlers({
    access: { can: () => true },
    store,
    heads: { isAhead, learned: () => {}, known: () => known },
    metrics,
    timings: { ...defaultTimings, fanOutSlice: 5 },
    sizes: defaultSizes,
    log: createLogger("silent"),
    isSlow: () => false,
    requireFresh,
    onConfirmed: () => {},
    pulling: { since: pulled },
  } as unknown as ChannelDeps)

test("many who open one channel at once cost a handful of reads, and each is answered", async () => {
  const metrics = someMetrics()
  const waiting: (() => void)[] = []
  const changes: Changes = { reset: true, messages: [], changed: [], marks: { "0": 3 }, head: 3 }
  const handlers = handlersOver(
    { since: () => new Promise<Changes>((resolve) => waiting.push(() => resolve(changes))) },
    { metrics },
  )
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

test("a crowd that one read answers is answered in slices, each with what was said until then", async () => {
  const metrics = someMetrics()
  let time = 0
  vi.spyOn(performance, "now").mockImplementation(() => time)
  onTestFinished(() => void vi.restoreAllMocks())
  let head = 3
  const since = async (): Promise<Changes> => {
    const read = { reset: true, messages: [], changed: [], marks: { "0": head }, head }
    await new Promise((resolve) => setImmediate(resolve))
    return read
  }
  const handlers = handlersOver({ since }, { metrics, isAhead: (_, than) => than.head < head })
  const heard: { head: number }[] = []
  const answered = { push: (part: { head: number }) => (time += heard.push(part) && 1) }
  const channels = [{ channelId: CHANNEL, span: null, marks: {} }]
  const crowd = Array.from({ length: 20 }, (_, n) =>
    handlers["channel:resume"]({ channels }, connectionOf(n, answered)),
  )
  // The first is answered by a read of their own, the others by the next.
  while (heard.length < 2) await new Promise((resolve) => setImmediate(resolve))
  // 1 ms each: a slice, and one more may have begun.
  expect(heard.length).toBeLessThanOrEqual(1 + 5 + 5)
  const before = heard.length
  head = 4
  await Promise.all(crowd)
  expect(heard.map((part) => part.head)).toEqual([...Array(before).fill(3), ...Array(20 - before).fill(4)])
  // The first, those who came while it was read, and one for all who were still waiting.
  expect((await metrics.resumeReads.get()).values[0]?.value).toBeLessThanOrEqual(4)
})

test("who asks by themselves is answered in turn, by what this node heard and no more: nothing left for them meanwhile", async () => {
  let time = 0
  vi.spyOn(performance, "now").mockImplementation(() => time)
  onTestFinished(() => void vi.restoreAllMocks())
  const metrics = someMetrics()
  const since = () => ({ ...some, changed: [] })
  const handlers = handlersOver({}, { metrics, isAhead: () => true, pulled: since })
  let heard = 0
  const crowd = Array.from({ length: 20 }, async (_, n) => {
    const connection = connectionOf(n, { push: () => (time += ++heard && 1) })
    await connection.socket.join(channelRoom(CHANNEL))
    return handlers["channel:resume"]({ channels: [{ channelId: CHANNEL, span: held, marks: {} }] }, connection)
  })
  while (heard === 0) await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toBeLessThanOrEqual(5)
  await Promise.all(crowd)
  expect(heard).toBe(20)
  expect((await metrics.resumeReads.get()).values[0]?.value).toBe(0)
})

const held = { from: 1, to: 3 }
const some: Changes = { reset: false, messages: [], changed: [], marks: { "0": 5 }, head: 3 }

test("a node that stood still while the store was read gives nothing out, on permissions that may have ended since", async () => {
  const heard: unknown[] = []
  let stale = false
  const since = async (): Promise<Changes> => {
    stale = true
    return { ...some, reset: true }
  }
  const handlers = handlersOver(
    { since },
    {
      requireFresh: () => {
        if (stale) throw new AppError("UNAVAILABLE", "Not now.", { retryAfterMs: 1000 })
      },
    },
  )
  const connection = connectionOf(1, heard)
  const answer = await handlers["channel:resume"](
    { channels: [{ channelId: CHANNEL, span: null, marks: {} }] },
    connection,
  )
  expect(answer).toEqual({ channels: [{ channelId: CHANNEL, ok: false, code: "UNAVAILABLE", retryAfterMs: 1000 }] })
  expect(heard).toEqual([])
  expect([...connection.socket.rooms]).toEqual([])
})

test("who comes back and missed nothing reads no message", async () => {
  const metrics = someMetrics()
  const handlers = handlersOver({ head: async () => ({ head: 3, marks: { "0": 3 } }) }, { metrics, known: 3 })
  const heard: unknown[] = []
  const channels = [{ channelId: CHANNEL, span: held, marks: { "0": 3 } }]
  const answer = await handlers["channel:resume"]({ channels }, connectionOf(1, heard))
  expect(answer).toEqual({ channels: [{ channelId: CHANNEL, ok: true }] })
  expect(heard).toMatchObject([{ reset: false, messages: [], changed: [], marks: { "0": 3 }, head: 3, more: false }])
  expect((await metrics.resumeReads.get()).values[0]?.value).toBe(0)
})

test.each([
  ["a message was changed", { head: 3, marks: { "0": 5 } }],
  ["a message is new", { head: 4, marks: { "0": 4 } }],
  ["another part of the log is the newest", { head: 3, marks: { "1": 3 } }],
])("who comes back is read what there is when %s", async (_, head) => {
  const metrics = someMetrics()
  const handlers = handlersOver({ head: async () => head, since: async () => some }, { metrics })
  const heard: unknown[] = []
  await handlers["channel:resume"](
    { channels: [{ channelId: CHANNEL, span: held, marks: { "0": 3 } }] },
    connectionOf(1, heard),
  )
  expect(heard).toMatchObject([{ marks: { "0": 5 } }])
  expect((await metrics.resumeReads.get()).values[0]?.value).toBe(1)
})
