import { expect, test } from "vitest"
import { createTimers, type Job } from "./timers.ts"

/** A job that has so much to do. */
const job = (left: number, log: string[], name: string): Job => {
  return async () => {
    if (left === 0) return "nothing"
    left--
    log.push(name)
    return "did"
  }
}

test("everything that is due is done, and no job keeps the others from their turn", async () => {
  const log: string[] = []
  const timers = createTimers({ jobs: [job(30, log, "a"), job(3, log, "b")], every: 5 })
  await expect.poll(() => log.length).toBe(33)
  expect(log.lastIndexOf("b")).toBeLessThan(log.lastIndexOf("a"))
  await timers.close?.()
})

test("one round at a time; closing waits for what is under way and begins nothing more", async () => {
  let running = 0
  let most = 0
  let begun = 0
  let end: () => void = () => {}
  const timers = createTimers({
    jobs: [
      async () => {
        begun++
        most = Math.max(most, ++running)
        await new Promise<void>((resolve) => (end = resolve))
        running--
        return "did"
      },
    ],
    every: 1,
  })
  await expect.poll(() => begun).toBe(1)
  let closed = false
  const closing = timers.close?.().then(() => (closed = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(closed).toBe(false)
  end()
  await closing
  expect([most, begun]).toEqual([1, 1])
})
