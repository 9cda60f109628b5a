import { sql } from "drizzle-orm"
import { deps } from "./deps.ts"
import { env } from "./env.ts"
import { metrics } from "./metrics.ts"
import { redisWatch } from "./redis-watch.ts"

const LIMIT_MS = 1000

export interface Readiness {
  ready: boolean
  /** What does not answer, while the rest works. */
  degraded: string[]
  checks: { postgres: "up" | "down"; messageStore: "up" | "down"; redis: "up" | "down" | "unused" }
}

const answers = async (work: Promise<unknown>): Promise<"up" | "down"> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), LIMIT_MS)
  })
  try {
    await Promise.race([work, late])
    return "up"
  } catch {
    return "down"
  } finally {
    clearTimeout(timer)
  }
}

/** Red only without PostgreSQL, which everything here needs. A message store or a Redis that is away is named. */
export const checkReadiness = async (): Promise<Readiness> => {
  const { db, store } = deps()
  const [postgres, messageStore] = await Promise.all([answers(db.execute(sql`select 1`)), answers(store.ping())])
  const redis = env().REDIS_URL ? (redisWatch().isAway() ? "down" : "up") : "unused"
  metrics().up.set({ dependency: "postgres" }, Number(postgres === "up"))
  metrics().up.set({ dependency: "message_store" }, Number(messageStore === "up"))
  if (redis !== "unused") metrics().up.set({ dependency: "redis" }, Number(redis === "up"))
  return {
    ready: postgres === "up",
    degraded: [...(messageStore === "down" ? ["messageStore"] : []), ...(redis === "down" ? ["redis"] : [])],
    checks: { postgres, messageStore, redis },
  }
}
