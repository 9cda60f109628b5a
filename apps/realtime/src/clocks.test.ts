import { expect, test } from "vitest"
import { createClocks } from "./clocks.ts"

/** A node's two clocks, and the database's, each moved by hand. An answer takes `rtt`. */
const node = ({ ahead = 0, rtt = 10 } = {}) => {
  const time = { steady: 1_000_000, turned: ahead, database: 0, asked: 0 }
  const clocks = createClocks(undefined, { steady: () => time.steady, wall: () => time.steady + time.turned })
  const ask = async () => {
    time.asked++
    time.steady += rtt / 2
    const answer = time.steady + time.database
    time.steady += rtt / 2
    return answer
  }
  return { time, clocks, sync: () => clocks.sync(ask), off: () => clocks.now() - time.steady - time.database }
}

test("a node whose clock is wrong from the start keeps the database's time", async () => {
  const { clocks, sync, off, time } = node({ ahead: 3_600_000 })
  expect(off()).toBe(3_600_000)
  await sync()
  expect(Math.abs(off())).toBeLessThanOrEqual(5)
  expect(clocks.steady()).toBe(time.steady)
})

test("a clock that is turned while the node runs changes nothing, and is looked at at once", async () => {
  const { sync, off, time } = node()
  await sync()
  for (const turned of [-30_000, 3_600_000, 0]) {
    const asked = time.asked
    time.turned = turned
    expect(Math.abs(off())).toBeLessThanOrEqual(5)
    await sync()
    await sync()
    expect(time.asked).toBe(asked + 1)
    expect(Math.abs(off())).toBeLessThanOrEqual(5)
  }
})

test("a question that nobody answered is asked again at once: the jump that was its reason is not forgotten", async () => {
  const { clocks, sync, off, time } = node()
  await sync()
  time.database += 3_600_000
  time.turned += 3_600_000
  await expect(clocks.sync(() => Promise.reject(new Error("no database")))).rejects.toThrow("no database")
  await sync()
  expect(Math.abs(off())).toBeLessThanOrEqual(5)
  const { asked } = time
  await sync()
  expect(time.asked).toBe(asked)
})

test("a machine that slept did not count the time, and learns of it with the next question", async () => {
  const { sync, off, time } = node()
  await sync()
  time.database += 3_600_000
  time.turned += 3_600_000
  expect(off()).toBe(-3_600_000)
  await sync()
  expect(Math.abs(off())).toBeLessThanOrEqual(5)
})

test("the database is asked now and then, and a slow answer does not move a clock that it cannot prove wrong", async () => {
  const { sync, off, time } = node({ rtt: 4_000 })
  time.turned = 0
  time.database = 1_500
  await sync()
  expect(off()).toBe(-1_500)
  time.steady += 9_000
  const asked = time.asked
  await sync()
  expect(time.asked).toBe(asked + 1)
  await sync()
  expect(time.asked).toBe(asked + 1)
})

test("what is told of how long ago something was is whole, though the machine counts in fractions", () => {
  let steady = 1_000_000.4
  const clocks = createClocks(undefined, { steady: () => steady, wall: () => 5 })
  const before = clocks.steady()
  expect(before).toBe(1_000_000)
  steady += 10.3
  expect(clocks.steady() - before).toBe(11)
  expect(clocks.now()).toBe(15)
})

test("a clock that is given is all of them, and the database is not asked", async () => {
  const clocks = createClocks(() => 7)
  await clocks.sync(() => Promise.reject(new Error("asked")))
  expect([clocks.now(), clocks.steady(), clocks.wall()]).toEqual([7, 7, 7])
})
