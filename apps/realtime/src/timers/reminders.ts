import type { Database } from "@hearth/db"
import { ringNext } from "@hearth/db/later"
import type { Logger } from "../logger.ts"
import type { Job } from "./timers.ts"

/** Rings reminders. Each is told by the outbox, to all devices of its owner and to those that come back within a day. */
export const createReminders =
  ({ db, clock, log }: { db: Database; clock: () => number; log: Logger }): Job =>
  async () => {
    try {
      return (await ringNext(db, clock())) ? "did" : "nothing"
    } catch (error) {
      log.warn({ err: error instanceof Error ? error.message : error }, "reminders could not be rung: they wait")
      return "nothing"
    }
  }
