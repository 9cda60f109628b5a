import { monitorEventLoopDelay } from "node:perf_hooks"
import { setTimeout as wait } from "node:timers/promises"
import type { Snowflake } from "@hearth/core"
import { createMemoryBus } from "../apps/realtime/src/bus/memory.ts"
import { createRedisBus } from "../apps/realtime/src/bus/redis.ts"
import { silentLogger } from "../apps/realtime/src/logger.ts"
import { openNode } from "../apps/realtime/src/node.ts"
import type { Bus, NodeInfo } from "../apps/realtime/src/ports.ts"
import { createMemoryState } from "../apps/realtime/src/shared-state/memory.ts"
import { createRedisState } from "../apps/realtime/src/shared-state/redis.ts"
import { inLanes } from "@hearth/testing/in-lanes"

/** A gateway of the product beside a node that has no sockets, and a hundred thousand people online: what it says, this one hears. */
export type Ask =
  | { do: "open"; databaseUrl: string; redisUrl?: string; secret: string }
  | { do: "online"; userIds: Snowflake[] }
  /** So many of them go or come back each second, until the next such word. */
  | { do: "churn"; perSecond: number }
  | { do: "forget" }
  /** The longest block of the event loop since `forget`, and the heap, in bytes, after a collection. */
  | { do: "measure" }
export type Answer = { url?: string; blockMs?: number; heap?: number }

const TOPIC = "presence:moved"
const elsewhere: NodeInfo = { id: "elsewhere", epoch: "1", address: "http://127.0.0.1:1" }
const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()

let state: ReturnType<typeof createMemoryState> | undefined
const bells = new Set<(data: unknown) => void>()
let here: Snowflake[] = []
let churning: NodeJS.Timeout | undefined

/** Hears the bells of a node that is not there. */
const withBells = (bus: Bus): Bus =>
  Object.assign(Object.create(bus) as Bus, {
    onTold: (topic: string, listener: (data: unknown) => void) => {
      if (topic === TOPIC) bells.add(listener)
      return bus.onTold(topic, listener)
    },
  })

const open = async ({ databaseUrl, redisUrl, secret }: Extract<Ask, { do: "open" }>): Promise<Answer> => {
  const prefix = "hearth-bench-members"
  const shared = redisUrl ? createRedisState({ url: redisUrl, prefix }) : createMemoryState()
  state = shared
  // Redis is not there from the first moment.
  while (
    !(await shared.register(elsewhere).then(
      () => true,
      () => false,
    ))
  )
    await wait(50)
  setInterval(() => void shared.beat(elsewhere), 5_000).unref()
  const bus = withBells(redisUrl ? createRedisBus({ url: redisUrl, prefix }) : createMemoryBus())
  const { url } = await openNode({
    databaseUrl,
    ...(redisUrl && { redisUrl }),
    prefix,
    secret,
    log: silentLogger(),
    parts: { sharedState: shared, bus },
    // One connection asks what thousands would.
    options: { sizes: { eventBurst: 1_000_000, eventsPerSecond: 1_000_000 } },
  })
  return { url }
}

/** A busy Redis lets a command run out: then once more. */
const comesOnline = async (userId: Snowflake): Promise<void> => {
  for (;;)
    try {
      await state?.setPresence(elsewhere, userId, "online")
      return
    } catch {
      await wait(50)
    }
}

const churn = (perSecond: number) => {
  clearInterval(churning)
  const gone: Snowflake[] = []
  let owed = 0
  churning = setInterval(() => {
    owed += perSecond / 20
    const moved: Snowflake[] = []
    for (; owed >= 1; owed--) {
      // As many are away as have gone within some ten seconds.
      const comes = gone.length > perSecond * 10
      const from = comes ? gone : here
      const [userId] = from.splice(Math.floor(Math.random() * from.length), 1)
      if (userId === undefined) break
      ;(comes ? here : gone).push(userId)
      state?.setPresence(elsewhere, userId, comes ? "online" : "offline").catch(() => {
        // Nobody moved.
      })
      moved.push(userId)
    }
    if (moved.length > 0) for (const ring of bells) ring({ userIds: moved })
  }, 50)
}

const answer = async (ask: Ask): Promise<Answer> => {
  switch (ask.do) {
    case "open":
      return open(ask)
    case "online":
      await inLanes(ask.userIds, 50, comesOnline)
      here = [...ask.userIds]
      return {}
    case "churn":
      churn(ask.perSecond)
      return {}
    case "forget":
      delay.reset()
      return {}
    case "measure": {
      const blockMs = delay.max / 1e6
      globalThis.gc?.()
      return { blockMs, heap: process.memoryUsage().heapUsed }
    }
  }
}

process.on("message", (ask: Ask) => {
  answer(ask).then(
    (result) => process.send?.({ ok: true, result }),
    (error: unknown) => process.send?.({ ok: false, error: String(error) }),
  )
})
process.on("disconnect", () => process.exit(0))
