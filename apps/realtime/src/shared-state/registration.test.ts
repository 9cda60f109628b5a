import { expect, test, vi } from "vitest"
import { silentLogger } from "../logger.ts"
import type { SharedState } from "../ports.ts"
import { createMemoryState } from "./memory.ts"
import { presenceDefaults } from "../presence/options.ts"
import { createRegistration, registrationDefaults } from "./registration.ts"
import { sharedStateDefaults } from "./timing.ts"

const log = silentLogger()
const soon = <T>(check: () => T) => vi.waitFor(check, { timeout: 5_000, interval: 5 })
const register = (sharedState: SharedState, id: string) =>
  createRegistration({ sharedState, id, address: `http://${id}`, log, options: { beatMs: 20 } })

test("[P11] beats every 5 s: a crashed node's users are seen to be offline within a minute", () => {
  const { beatMs } = registrationDefaults
  expect(beatMs).toBe(5_000)
  const { presenceTtlMs, ownerTtlMs } = sharedStateDefaults
  // The last beat, its life, the next node that looks, and the way to the screen.
  expect(presenceTtlMs + 1.2 * beatMs + presenceDefaults.gatherMs + presenceDefaults.packetMs).toBeLessThan(60_000)
  expect(ownerTtlMs).toBeGreaterThan(2 * 1.2 * beatMs)
})

test("nodes see each other come and go", async () => {
  const state = createMemoryState({ options: { ownerTtlMs: 300 } })
  const [a, b] = [register(state, "a"), register(state, "b")]
  let changes = 0
  a.onNodes(() => changes++)
  await a.start()
  expect(a.nodes().map((n) => n.id)).toEqual(["a"])
  await b.start()
  await soon(() => expect(a.nodes().map((n) => n.id)).toEqual(["a", "b"]))
  await b.retire()
  await soon(() => expect(a.nodes().map((n) => n.id)).toEqual(["a"]))
  await b.close()
  expect(changes).toBe(3)
  await a.close()
})

test("a lost epoch is replaced by a new one, and whoever depends on it is told", async () => {
  let now = 0
  const state = createMemoryState({ clock: () => now })
  const a = register(state, "a")
  let registered = 0
  a.onRegistered(() => registered++)
  await a.start()
  const { epoch } = a.node()
  now = 60_000
  await soon(() => expect(registered).toBe(2))
  expect(a.node().epoch).not.toBe(epoch)
  expect(a.nodes()).toEqual([a.node()])
  await a.close()
})

test("after its own epoch was lost a node leaves the others time to say everything anew", async () => {
  let now = 0
  const state = createMemoryState({ clock: () => now })
  const options = { beatMs: 20, settleMs: 100 }
  const a = createRegistration({ sharedState: state, id: "a", address: "http://a", log, options })
  const told: boolean[] = []
  a.onRegistered(() => told.push(a.settled()))
  a.onSettled(() => told.push(a.settled()))
  await a.start()
  // A node that has just begun came to what the others keep.
  expect(told).toEqual([true])
  now = 60_000
  await soon(() => expect(told).toEqual([true, false, true]))
  await a.close()
})

test("[P11] a node that had to try more than once leaves the others time, too", async () => {
  const real = createMemoryState()
  let tries = 0
  const state: SharedState = {
    ...real,
    async register(node) {
      if (++tries === 1) throw new Error("away")
      await real.register(node)
    },
  }
  const options = { beatMs: 20, settleMs: 100 }
  const a = createRegistration({ sharedState: state, id: "a", address: "http://a", log, options })
  const told: boolean[] = []
  a.onRegistered(() => told.push(a.settled()))
  a.onSettled(() => told.push(a.settled()))
  await a.start()
  expect(told).toEqual([])
  await soon(() => expect(told).toEqual([false, true]))
  await a.close()
})

test("[P11] away for longer than the others need, and lost again and again: each new registration leaves them time", async () => {
  let now = 0
  let away = false
  const real = createMemoryState({ clock: () => now })
  const state: SharedState = {
    ...real,
    async register(node) {
      if (away) throw new Error("away")
      await real.register(node)
    },
  }
  // Looks only when it is told to.
  const options = { beatMs: 3_600_000, settleMs: 20 }
  const a = createRegistration({ sharedState: state, id: "a", address: "http://a", log, options })
  const told: boolean[] = []
  a.onRegistered(() => told.push(a.settled()))
  await a.start()
  now = 60_000
  away = true
  await a.check()
  await soon(() => expect(a.settled()).toBe(true))
  away = false
  await a.check()
  expect(told).toEqual([true, false])
  await a.close()
})

test("while the state is away the list stays, and the node says so", async () => {
  let away = false
  const real = createMemoryState()
  const state: SharedState = {
    ...real,
    beat: async (node) => {
      if (away) throw new Error("away")
      return real.beat(node)
    },
  }
  const a = register(state, "a")
  const health: boolean[] = []
  a.onHealth((healthy) => health.push(healthy))
  await a.start()
  away = true
  await soon(() => expect(a.healthy()).toBe(false))
  expect(a.nodes()).toEqual([a.node()])
  away = false
  await soon(() => expect(a.healthy()).toBe(true))
  expect(health).toEqual([true, false, true])
  await a.close()
})

test("who finds a dead node tells of its users, once", async () => {
  let now = 0
  const state = createMemoryState({ clock: () => now })
  const dead = { id: "dead", epoch: "1", address: "" }
  await state.register(dead)
  await state.setPresence(dead, "5", "online")
  const a = register(state, "a")
  const reaped: string[] = []
  a.onReaped((ids) => reaped.push(...ids))
  await a.start()
  expect(reaped).toEqual([])
  now = 45_001
  await soon(() => expect(reaped).toEqual(["5"]))
  await a.check()
  expect(reaped).toEqual(["5"])
  await a.close()
})
