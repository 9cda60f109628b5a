import { EventEmitter } from "node:events"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import type { Connection, GatewaySocket } from "../connection.ts"
import type { Bus } from "../ports.ts"
import { defaultTimings } from "../timings.ts"
import { createViewers, type Rooms } from "./viewers.ts"

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

/** Nodes that hear each other in a moment, as long as both are awake and the bus carries. */
const network = () => {
  const nodes = new Map<string, { hear: (data: unknown) => void; awake: boolean }>()
  let carries = true
  let told = 0
  const open = (name: string, kind: Bus["kind"] = "redis") => {
    const rooms = new EventEmitter()
    const users = new Map<string, string>()
    const blocks = new Map<string, ReadonlySet<string>>()
    const passedBy: string[] = []
    const counted: number[] = []
    const hidden = new Set<string>()
    const connectionOf = (id: string) => {
      const userId = users.get(id) ?? ""
      const state = hidden.has(userId) ? "invisible" : "online"
      return { userId, chosen: { state, version: 1 }, socket: { id, rooms: ["channel:10"] } } as unknown as Connection
    }
    const heard: { to: string; count: number; userIds: string[] }[] = []
    const self: { hear: (data: unknown) => void; awake: boolean } = { hear: () => {}, awake: true }
    nodes.set(name, self)
    const gaps = new Set<() => void>()
    const bus = {
      kind,
      tell: (_topic: string, data: unknown) => {
        if (!self.awake || !carries) return
        told++
        for (const node of nodes.values())
          if (node !== self) setTimeout(() => node.awake && node.hear(structuredClone(data)), 5)
      },
      onTold: (_topic: string, listener: (data: unknown) => void) => {
        self.hear = listener
        return () => {}
      },
      onGap: (listener: () => void) => {
        gaps.add(listener)
        return () => {}
      },
    } as unknown as Bus
    const emit = (to: string) => (_event: string, viewers: { count: number; userIds: string[] }) =>
      heard.push({ to, count: viewers.count, userIds: viewers.userIds })
    const viewers = createViewers({
      rooms: rooms as unknown as Rooms,
      socketOf: (id) =>
        ({
          data: { connection: connectionOf(id) },
          emit: emit(id),
        }) as unknown as GatewaySocket,
      bus,
      publish: ((
        room: string,
        _event: string,
        payload: { count: number; userIds: string[] },
        { except }: { except: string[] },
      ) => {
        passedBy.push(...except)
        emit(room)("", payload)
      }) as never,
      access: {
        blocked: () => blocks.keys(),
        hiddenFrom: (userId) => blocks.get(userId),
        // A conversation, a thread in it, and channels of a server.
        guildOf: (id) => (id === "5" ? undefined : id === "70" || id === "71" ? "70" : "5"),
      },
      fresh: () => true,
      onCount: (_channelId, people) => counted.push(people),
      timings: defaultTimings,
      clock: Date.now,
    })
    return {
      heard,
      viewers,
      passedBy,
      counted,
      block(by: string, blockedId: string, blocked = true) {
        if (blocked) blocks.set(blockedId, new Set([by]))
        else blocks.delete(blockedId)
        const payload = { userId: by, blockedId, blocked }
        viewers.changed({ pos: "1", kind: "block:changed", audience: "node", payload })
      },
      last: () => heard.filter((h) => h.to === "channel:10").at(-1),
      gap: () => {
        for (const listener of gaps) listener()
      },
      sleep: () => void (self.awake = false),
      wake: () => void (self.awake = true),
      join(userId: string, socketId = `s${userId}`, room = "channel:10") {
        users.set(socketId, userId)
        rooms.emit("join-room", room, socketId)
      },
      /** Becomes invisible, or is no longer. */
      hide(userId: string, hides: boolean) {
        if (hides) hidden.add(userId)
        else hidden.delete(userId)
        for (const [id, of] of users) if (of === userId) viewers.lookAgain(connectionOf(id))
      },
      leave: (socketId: string, room = "channel:10") => rooms.emit("leave-room", room, socketId),
    }
  }
  return { open, lose: (lost: boolean) => void (carries = !lost), told: () => told }
}

describe("who has a channel open", () => {
  test("is told within a moment, and counts people over all nodes", async () => {
    const net = network()
    const [a, b] = [net.open("a"), net.open("b")]
    a.join("1")
    await pass(1_000)
    expect(a.heard).toEqual([{ to: "channel:10", count: 1, userIds: ["1"] }])
    b.join("2")
    b.join("1", "phone")
    await pass(2_500)
    // The first word that the second node says is already the whole truth.
    expect(b.heard).toEqual([{ to: "channel:10", count: 2, userIds: ["1", "2"] }])
    expect(a.last()).toEqual(b.last())
    b.leave("s2")
    b.leave("phone")
    await pass(5_000)
    expect(a.last()).toEqual({ to: "channel:10", count: 1, userIds: ["1"] })
    expect([a.viewers.size, b.viewers.size]).toEqual([1, 0])
  })

  test("changes come at most every two seconds, and the last of them comes", async () => {
    const a = network().open("a", "memory")
    for (let i = 1; i <= 100; i++) {
      a.join(String(i))
      await pass(100)
    }
    await pass(2_000)
    const packets = a.heard.filter((h) => h.to === "channel:10")
    expect(packets.length).toBeLessThanOrEqual(7)
    expect(a.last()).toEqual({ to: "channel:10", count: 100, userIds: ["1", "2", "3", "4", "5", "6", "7", "8"] })
  })

  test("a reload is not seen, and who has reloaded hears it all the same", async () => {
    const a = network().open("a", "memory")
    a.join("1")
    a.join("2")
    await pass(5_000)
    const before = a.heard.length
    a.leave("s2")
    await pass(1_000)
    a.join("2", "again")
    await pass(5_000)
    expect(a.heard.slice(before)).toEqual([{ to: "again", count: 2, userIds: ["1", "2"] }])
  })

  test("a node that was killed is silent, and its viewers are gone within 15 s", async () => {
    const net = network()
    const [a, b] = [net.open("a"), net.open("b")]
    a.join("1")
    b.join("2")
    await pass(60_000)
    expect(a.last()?.count).toBe(2)
    b.sleep()
    await pass(15_000)
    expect(a.last()).toEqual({ to: "channel:10", count: 1, userIds: ["1"] })
    // It only slept: as soon as it beats again, it is asked for all.
    b.wake()
    await pass(10_000)
    expect([a.last()?.count, b.last()?.count]).toEqual([2, 2])
  })

  test("a node that leaves in order takes its viewers along", async () => {
    const net = network()
    const [a, b] = [net.open("a"), net.open("b")]
    a.join("1")
    b.join("2")
    await pass(5_000)
    b.viewers.close()
    await pass(3_000)
    expect(a.last()?.count).toBe(1)
  })

  test("what was lost on the way is told anew: after a gap at once, and else within a minute or so", async () => {
    const net = network()
    const [a, b] = [net.open("a"), net.open("b")]
    a.join("1")
    b.join("2")
    await pass(5_000)
    net.lose(true)
    b.join("3")
    await pass(3_000)
    net.lose(false)
    expect(a.last()?.count).toBe(2)
    a.gap()
    await pass(3_000)
    expect(a.last()?.count).toBe(3)
    net.lose(true)
    b.join("4")
    await pass(3_000)
    net.lose(false)
    await pass(70_000)
    expect(a.last()?.count).toBe(4)
  })

  test("a channel that nobody has open costs nothing, and one that only others have open is not kept", async () => {
    const net = network()
    const [a, b] = [net.open("a"), net.open("b")]
    await pass(120_000)
    expect(net.told()).toBe(0)
    for (let i = 0; i < 50; i++) b.join("2", `s${i}`, `channel:${100 + i}`)
    b.join("2", "own", "guild:5")
    await pass(5_000)
    expect([a.viewers.size, b.viewers.size]).toEqual([0, 50])
    for (let i = 0; i < 50; i++) b.leave(`s${i}`, `channel:${100 + i}`)
    await pass(5_000)
    expect(b.viewers.size).toBe(0)
    const before = net.told()
    await pass(120_000)
    expect(net.told()).toBe(before)
  })

  test("of a room of thousands other nodes get the number and some names", async () => {
    const net = network()
    const [a, b] = [net.open("a"), net.open("b")]
    for (let i = 0; i < 3_000; i++) b.join(String(1_000 + i))
    a.join("1")
    await pass(10_000)
    expect(a.last()).toMatchObject({ count: 3_001 })
    expect(a.last()?.userIds).toHaveLength(8)
    b.heard.length = 0
    for (let i = 0; i < 20; i++) {
      b.join(String(5_000 + i))
      await pass(500)
    }
    expect(b.heard.filter((h) => h.to === "channel:10").length).toBeLessThanOrEqual(2)
  })

  test("who was blocked is told, apart, of all but who blocked them, and nothing when only those come and go", async () => {
    const node = network().open("a")
    const toBob = () => node.heard.filter((h) => h.to === "s2")
    for (const id of ["1", "2", "3"]) node.join(id)
    node.block("1", "2")
    await pass(5_000)
    expect(node.last()).toMatchObject({ count: 3, userIds: ["1", "2", "3"] })
    expect(node.passedBy).toContain("user:2")
    expect(toBob()).toEqual([{ to: "s2", count: 2, userIds: ["2", "3"] }])
    node.leave("s1")
    await pass(5_000)
    node.join("1")
    await pass(5_000)
    expect(toBob()).toHaveLength(1)
    node.leave("s3")
    await pass(5_000)
    expect(toBob().at(-1)).toMatchObject({ count: 1, userIds: ["2"] })
    node.block("1", "2", false)
    await pass(5_000)
    expect(toBob().at(-1)).toMatchObject({ count: 2, userIds: ["1", "2"] })
  })
})

test("who was blocked is told as often as the others, and nothing twice", async () => {
  const node = network().open("a", "memory")
  const toBob = () => node.heard.filter((h) => h.to === "s2")
  const toRoom = () => node.heard.filter((h) => h.to === "channel:10")
  node.join("1")
  node.join("2")
  node.block("1", "2")
  await pass(5_000)
  const [before, room] = [toBob().length, toRoom().length]
  for (let i = 10; i < 50; i++) {
    node.join(String(i))
    await pass(100)
  }
  await pass(5_000)
  expect(toBob().length - before).toBeLessThanOrEqual(4)
  expect(toRoom().length - room).toBe(toBob().length - before)
  expect(toBob().at(-1)?.count).toBe(41)
  // Somebody whom they do not see goes and comes: nobody tells them anything.
  const since = node.heard.length
  node.leave("s1")
  await pass(5_000)
  node.join("1")
  await pass(5_000)
  expect(node.heard.slice(since).map((h) => h.to)).toEqual(["channel:10", "channel:10"])
  expect(node.passedBy.slice(-2)).toEqual(["user:2", "user:2"])
  node.viewers.close()
})

test("a new device of who was blocked is told at once, and when the room is told", async () => {
  const node = network().open("a", "memory")
  for (const id of ["1", "2", "3"]) node.join(id)
  node.block("1", "2")
  await pass(5_000)
  const theirs = { count: 2, userIds: ["2", "3"] }
  node.join("2", "phone")
  await pass(500)
  expect(node.heard.filter((h) => h.to === "phone")).toEqual([{ to: "phone", ...theirs }])
  // While the one who blocked them comes, and the room hears of it.
  node.leave("s1")
  await pass(5_000)
  node.join("1")
  node.join("2", "tablet")
  await pass(500)
  expect(node.last()?.count).toBe(3)
  expect(node.heard.filter((h) => h.to === "tablet")).toEqual([{ to: "tablet", ...theirs }])
  node.viewers.close()
})

test("who was blocked and is invisible is told of all but who blocked them", async () => {
  const node = network().open("a")
  node.hide("2", true)
  for (const id of ["1", "2", "3"]) node.join(id)
  node.block("1", "2")
  await pass(5_000)
  expect(node.last()).toMatchObject({ count: 2, userIds: ["1", "3"] })
  expect(node.passedBy).toEqual(["user:2"])
  expect(node.heard.filter((h) => h.to === "s2")).toEqual([{ to: "s2", count: 1, userIds: ["3"] }])
  node.viewers.close()
})

test("those who are invisible count for what a channel costs", async () => {
  const node = network().open("a", "memory")
  for (const id of ["2", "3"]) node.hide(id, true)
  for (const id of ["1", "2", "3"]) node.join(id)
  await pass(5_000)
  expect([node.last()?.count, node.counted.at(-1)]).toEqual([1, 3])
  node.viewers.close()
})

test("a conversation and its threads have no viewers", async () => {
  const node = network().open("a")
  for (const id of ["1", "2"])
    for (const channel of ["70", "71", "10"]) node.join(id, `s${id}-${channel}`, `channel:${channel}`)
  await pass(5_000)
  expect(node.heard).toEqual([{ to: "channel:10", count: 2, userIds: ["1", "2"] }])
  expect(node.viewers.size).toBe(1)
  node.viewers.close()
})

test("who is invisible is told and not counted, on any node, however often they come and go", async () => {
  const { open } = network()
  const [a, b] = [open("a"), open("b")]
  b.hide("3", true)
  a.join("1")
  b.join("2")
  b.join("3")
  b.join("3", "s3-phone")
  await pass(3_000)
  for (const node of [a, b]) expect(node.last()).toMatchObject({ count: 2, userIds: ["1", "2"] })
  b.join("3", "s3-tablet")
  await pass(3_000)
  expect(b.heard.filter((h) => h.to === "s3-tablet")).toEqual([{ to: "s3-tablet", count: 2, userIds: ["1", "2"] }])
  b.leave("s3-tablet")
  b.hide("3", false)
  await pass(3_000)
  for (const node of [a, b]) expect(node.last()).toMatchObject({ count: 3, userIds: ["1", "2", "3"] })
  b.hide("3", true)
  await pass(3_000)
  for (const node of [a, b]) expect(node.last()).toMatchObject({ count: 2, userIds: ["1", "2"] })
  b.leave("s3")
  b.leave("s2")
  await pass(3_000)
  for (const node of [a, b]) expect(node.last()).toMatchObject({ count: 1, userIds: ["1"] })
  // Only somebody who is invisible is left there: the channel is known as long as they are.
  b.hide("3", false)
  b.leave("s3-phone")
  await pass(3_000)
  expect(a.last()).toMatchObject({ count: 1, userIds: ["1"] })
  expect(b.viewers.size).toBe(0)
  a.viewers.close()
  b.viewers.close()
})
