import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { inLanes } from "@hearth/testing/in-lanes"
import { waitUntil } from "@hearth/testing"
import { Server } from "socket.io"
import { createRedisBus } from "../../apps/realtime/src/bus/redis.ts"
import type { NodeInfo } from "../../apps/realtime/src/ports.ts"
import { createRedisState } from "../../apps/realtime/src/shared-state/redis.ts"
import { now } from "../measure.ts"

const LANES = 100
const PATIENCE_MS = 60_000
const BEAT_MS = 5_000
const TOPIC = "presence:moved"
/** As `presenceDefaults.gatherMs`. */
const GATHER_MS = 100

/** On a busy machine Redis may not answer in the half second that a node waits: saying the same again changes nothing. */
const inTime = async <T>(work: () => Promise<T>): Promise<T> => {
  const deadline = now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (now() > deadline) throw error
      await delay(GATHER_MS)
    }
  }
}

/** Everybody who is connected elsewhere: a node without sockets, which says of people what their node would, in the same way. */
export const openOthers = async (url: string, prefix: string) => {
  const state = createRedisState({ url, prefix })
  const bus = createRedisBus({ url, prefix })
  bus.attach(new Server())
  await bus.start()
  const node = { id: "others", epoch: randomUUID(), address: "http://127.0.0.1:1" }
  const registered = () =>
    state.register(node).then(
      () => true,
      () => false,
    )
  await waitUntil("Redis to take the other node in", registered)
  // It takes part in presence, and appends nothing.
  await inTime(() => state.retire(node))
  const beating = setInterval(() => void state.beat(node).catch(() => {}), BEAT_MS)
  const away = new Set<string>()

  const flip = async (userId: string): Promise<void> => {
    const presence = away.delete(userId) ? "online" : "dnd"
    if (presence === "dnd") away.add(userId)
    await inTime(() => state.setPresence(node, userId, presence))
  }

  return {
    /** They are all here. */
    async come(userIds: readonly string[]): Promise<void> {
      await inLanes(userIds, LANES, (userId) => inTime(() => state.setPresence(node, userId, "online")))
    },
    /** Until those, who are connected to the measured node, are here, too. */
    async see(userIds: readonly string[]): Promise<void> {
      await waitUntil(
        "Redis to know who is connected",
        async () =>
          [...(await inTime(() => state.presences(userIds))).values()].every((presence) => presence !== "offline"),
        60_000,
      )
    },
    /** So many change, evenly over that time, each as the next one of these. */
    async change(userIds: readonly string[], count: number, seconds: number): Promise<void> {
      if (userIds.length === 0 || count === 0) return
      const startedAt = now()
      let told: string[] = []
      let toldAt = startedAt
      const tell = () => {
        if (told.length > 0) bus.tell(TOPIC, { userIds: told })
        told = []
        toldAt = now()
      }
      for (let i = 0; i < count; i++) {
        const due = startedAt + (i * seconds * 1000) / count
        while (due > now()) {
          await delay(Math.min(GATHER_MS, due - now()))
          if (now() - toldAt >= GATHER_MS) tell()
        }
        const userId = userIds[i % userIds.length] ?? ""
        await flip(userId)
        told.push(userId)
        if (now() - toldAt >= GATHER_MS) tell()
      }
      tell()
    },
    /** Rings so often for so many people each time, of whom nothing has changed. */
    async ring(userIds: readonly string[], each: number, count: number, seconds: number): Promise<void> {
      const startedAt = now()
      for (let i = 0; i < count; i++) {
        const due = startedAt + (i * seconds * 1000) / count
        if (due > now()) await delay(due - now())
        const from = (i * each) % Math.max(1, userIds.length - each)
        bus.tell(TOPIC, { userIds: userIds.slice(from, from + each) })
      }
    },
    /** Asks how they are, in the name of the measured node, which shows them: so many times, for so many at once. */
    async read(userIds: readonly string[], each: number, count: number): Promise<void> {
      // The only one that appends.
      let asker: NodeInfo | undefined
      const ask = async (ids: readonly string[]): Promise<void> => {
        try {
          asker ??= (await state.nodes())[0]
          await state.presences(ids, asker)
        } catch (error) {
          // It may have had to register anew.
          asker = undefined
          throw error
        }
      }
      for (let i = 0; i < count; i++) {
        const from = (i * each) % Math.max(1, userIds.length - each)
        await inTime(() => ask(userIds.slice(from, from + each)))
      }
    },
    async [Symbol.asyncDispose](): Promise<void> {
      clearInterval(beating)
      await state.forget(node).catch(() => {})
      await state.close()
      await bus.close()
    },
  }
}
export type Others = Awaited<ReturnType<typeof openOthers>>
