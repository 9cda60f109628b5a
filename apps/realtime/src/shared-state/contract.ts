import { randomUUID } from "node:crypto"
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest"
import { EpochLost, type NodeInfo, type SharedState } from "../ports.ts"
import type { SharedStateOptions } from "./timing.ts"

/** Two nodes' views of one state. In memory both are the same object. */
export interface OpenedState {
  a: SharedState
  b: SharedState
  close(): Promise<void>
}

// Long enough for a slow machine to get from one line to the next, short enough to wait for.
const options: SharedStateOptions = { ownerTtlMs: 1_500, presenceTtlMs: 4_000, forgetMs: 1_000 }
const soon = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 10_000, interval: 20 })
const node = (id: string): NodeInfo => ({ id, epoch: randomUUID(), address: `http://127.0.0.1/${id}` })
const user = (n: number) => String(1000 + n)

/** What every adapter of `SharedState` promises, on its real backend. `open` gives an empty one. */
export const describeSharedState = (name: string, open: (options: SharedStateOptions) => Promise<OpenedState>) => {
  describe(`SharedState on ${name}`, () => {
    let opened: OpenedState | undefined
    let a: SharedState
    let b: SharedState
    beforeEach(async () => {
      await opened?.close()
      opened = await open(options)
      ;({ a, b } = opened)
    })
    afterAll(() => opened?.close())
    const online = async (state: SharedState, id: string) => (await state.presences([id])).get(id)

    test("the living are listed in one order on every node, and no longer without a beat", async () => {
      const [n1, n2] = [node("n1"), node("n2")]
      await b.register(n2)
      await a.register(n1)
      expect(await a.nodes()).toEqual([n1, n2])
      expect(await b.nodes()).toEqual([n1, n2])
      await soon(async () => {
        expect(await a.beat(n1)).toBe("kept")
        expect(await a.nodes()).toEqual([n1])
      })
    })

    test("a node that retires is no owner any more, though it beats on and its users stay", async () => {
      const n1 = node("n1")
      await a.register(n1)
      await a.setPresence(n1, user(1), "online")
      await a.retire(n1)
      expect(await a.beat(n1)).toBe("kept")
      expect(await b.nodes()).toEqual([])
      expect(await online(b, user(1))).toBe("online")
    })

    test("the strongest presence over nodes counts, and the other's is left when one goes", async () => {
      const [n1, n2] = [node("n1"), node("n2")]
      await a.register(n1)
      await b.register(n2)
      expect(await a.setPresence(n1, user(1), "idle")).toBe("idle")
      expect(await b.setPresence(n2, user(1), "online")).toBe("online")
      expect(await a.setPresence(n1, user(1), "dnd")).toBe("dnd")
      expect(await b.setPresence(n2, user(1), "idle")).toBe("dnd")
      expect(await a.setPresence(n1, user(1), "offline")).toBe("idle")
      expect(await b.setPresence(n2, user(1), "offline")).toBe("offline")
      expect(await online(a, user(1))).toBe("offline")
    })

    test("asks for many users at once, and who has no entry is offline", async () => {
      const n1 = node("n1")
      await a.register(n1)
      const ids = Array.from({ length: 1200 }, (_, i) => user(i))
      await Promise.all(ids.slice(0, 700).map((id) => a.setPresence(n1, id, "online")))
      const found = await b.presences(ids)
      expect(found.size).toBe(1200)
      expect([...found.values()].filter((p) => p === "online")).toHaveLength(700)
      expect(await b.presences([])).toEqual(new Map())
    })

    test("a dead node's users are offline even before it is reaped, and are told once it is", async () => {
      const [n1, n2] = [node("n1"), node("n2")]
      await a.register(n1)
      await a.setPresence(n1, user(1), "online")
      await a.setPresence(n1, user(2), "online")
      await b.register(n2)
      await b.setPresence(n2, user(2), "idle")
      expect(await b.reap()).toEqual([])
      await soon(async () => {
        await b.beat(n2)
        expect(await online(b, user(1))).toBe("offline")
      })
      expect(await online(b, user(2))).toBe("idle")
      const told: string[] = []
      const answer = await b.reap((ids) => told.push(...ids))
      expect(answer.toSorted()).toEqual([user(1), user(2)])
      expect(told.toSorted()).toEqual([user(1), user(2)])
      expect(await b.reap()).toEqual([])
      expect(await online(b, user(2))).toBe("idle")
    })

    test("who dies while it tells leaves the dead to the next", async () => {
      const [n1, n2] = [node("n1"), node("n2")]
      await a.register(n1)
      await a.setPresence(n1, user(1), "online")
      await b.register(n2)
      await a.forget(n1)
      await soon(async () => {
        const crashing = () => {
          throw new Error("killed")
        }
        await expect(b.reap(crashing)).rejects.toThrow("killed")
      })
      expect(await b.reap()).toEqual([user(1)])
    })

    test("two nodes that reap at once take nothing twice from the living", async () => {
      const [n1, n2] = [node("n1"), node("n2")]
      await a.register(n1)
      await b.register(n2)
      await a.setPresence(n1, user(1), "online")
      await b.setPresence(n2, user(1), "online")
      await a.forget(n1)
      await soon(async () => {
        const [x, y] = await Promise.all([a.reap(), b.reap()])
        expect([...x, ...y]).toContain(user(1))
      })
      expect(await online(b, user(1))).toBe("online")
    })

    test("a node that slept has lost its epoch, and can leave no ghosts", async () => {
      const n1 = node("n1")
      await a.register(n1)
      await a.setPresence(n1, user(1), "online")
      await soon(async () => expect(await online(b, user(1))).toBe("offline"))
      expect(await a.beat(n1)).toBe("lost")
      await expect(a.setPresence(n1, user(2), "online")).rejects.toBeInstanceOf(EpochLost)
      expect(await online(b, user(2))).toBe("offline")
    })

    test("who is no longer registered gets no answer, since others may not be either", async () => {
      const [n1, n2] = [node("n1"), node("n2")]
      await a.register(n1)
      await a.setPresence(n1, user(1), "online")
      expect(await a.presences([user(1), user(2)], n1)).toEqual(
        new Map([
          [user(1), "online"],
          [user(2), "offline"],
        ]),
      )
      await expect(b.presences([user(1)], n2)).rejects.toBeInstanceOf(EpochLost)
      await expect(b.presences([user(1)], { ...n1, epoch: n2.epoch })).rejects.toBeInstanceOf(EpochLost)
    })

    test("a new run of the same node does not inherit the old one's users", async () => {
      const [old, fresh] = [node("n1"), node("n1")]
      await a.register(old)
      await a.setPresence(old, user(1), "online")
      await b.register(fresh)
      expect(await a.beat(old)).toBe("lost")
      expect(await online(b, user(1))).toBe("offline")
      expect(await b.nodes()).toEqual([fresh])
      expect(await b.reap()).toEqual([user(1)])
      await b.setPresence(fresh, user(1), "idle")
      expect(await online(a, user(1))).toBe("idle")
    })

    test("a node that says it leaves keeps its users for one more grace only", async () => {
      const n1 = node("n1")
      await a.register(n1)
      await a.setPresence(n1, user(1), "online")
      await a.forget(n1)
      expect(await b.nodes()).toEqual([])
      expect(await online(b, user(1))).toBe("online")
      await soon(async () => expect(await online(b, user(1))).toBe("offline"))
    })
  })
}
