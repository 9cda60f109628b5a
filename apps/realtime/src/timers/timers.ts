import type { Feature } from "../connection.ts"

/** Does the next thing that is due, if there is one. Does not throw: what failed is due once more. */
export type Job = () => Promise<"did" | "nothing">

/** So much is done of one job before the others get their turn. */
const IN_A_ROW = 20

/**
 * What is due at a time, on any node: what is due lies in tables, so it survives every node, and is claimed there by row, so nodes
 * divide it and do not double it. This only asks, every so often, and goes on as long as there is something.
 */
export const createTimers = ({ jobs, every }: { jobs: readonly Job[]; every: number }): Feature => {
  let running: Promise<void> | null = null
  let closed = false

  const row = async (job: Job): Promise<boolean> => {
    for (let i = 0; i < IN_A_ROW; i++) if (closed || (await job()) === "nothing") return false
    return true
  }
  const round = async (): Promise<void> => {
    for (let more = true; more && !closed; ) {
      more = false
      for (const job of jobs) more = (await row(job)) || more
    }
  }
  const timer = setInterval(() => {
    running ??= round().finally(() => {
      running = null
    })
  }, every)
  timer.unref()

  return {
    handlers: {},
    async close() {
      closed = true
      clearInterval(timer)
      await running
    },
  }
}
