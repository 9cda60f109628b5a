import { sql } from "drizzle-orm"
import { deps } from "./deps.ts"
import { metrics } from "./metrics.ts"

const LIMIT_MS = 1000

export interface Readiness {
  ready: boolean
  /** What does not answer, while the rest works. */
  degraded: string[]
  checks: { postgres: "up" | "down"; messageStore: "up" | "down" }
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

/** Red only without PostgreSQL, which everything here needs. A message store that is away costs history, and is named. */
export const checkReadiness = async (): Promise<Readiness> => {
  const { db, store } = deps()
  const [postgres, messageStore] = await Promise.all([answers(db.execute(sql`select 1`)), answers(store.ping())])
  metrics().up.set({ dependency: "postgres" }, Number(postgres === "up"))
  metrics().up.set({ dependency: "message_store" }, Number(messageStore === "up"))
  return {
    ready: postgres === "up",
    degraded: messageStore === "down" ? ["messageStore"] : [],
    checks: { postgres, messageStore },
  }
}
