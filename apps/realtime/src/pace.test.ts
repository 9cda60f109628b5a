import { expect, onTestFinished, test } from "vitest"
import { createPace } from "./pace.ts"

/** A clock that only moves while somebody works. */
const working = (sliceMs: number) => {
  let time = 0
  let turnOfLoop = 0
  // Before what the pace has the loop do: so it counts first in each turn.
  const count = () => {
    turnOfLoop++
    counting = setImmediate(count)
  }
  let counting = setImmediate(count)
  onTestFinished(() => clearImmediate(counting))
  const pace = createPace(sliceMs, () => time)
  const done: { who: number; inTurn: number }[] = []
  const work = async (who: number, ms: number, meanwhile = (): unknown => null) => {
    const turn = pace.turn()
    if (turn) await turn
    time += ms
    done.push({ who, inTurn: turnOfLoop })
    meanwhile()
  }
  const loop = async (turns: number) => {
    for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
  }
  return { pace, done, work, loop }
}

test("a crowd is let through in its order, in slices between which the loop turns", async () => {
  const { pace, done, work, loop } = working(5)
  const all = Promise.all(Array.from({ length: 9 }, (_, n) => work(n, 2)))
  expect(pace.waiting).toBe(6)
  await loop(5)
  await all
  expect(done.map(({ who }) => who)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  const slices = Map.groupBy(done, ({ inTurn }) => inTurn)
  expect([...slices.values()].map(({ length }) => length)).toEqual([3, 3, 3])
})

test("who comes alone waits for nobody, now and later", async () => {
  const { pace, done, work, loop } = working(5)
  expect(pace.turn()).toBeNull()
  await loop(3)
  expect(pace.turn()).toBeNull()
  await loop(3)
  // What takes longer than a slice is done all the same, one in a turn of the loop.
  const all = Promise.all([work(1, 50), work(2, 50), work(3, 50)])
  await loop(6)
  await all
  expect(done).toHaveLength(3)
  expect(new Set(done.map(({ inTurn }) => inTurn)).size).toBe(3)
})

test("who comes while others wait does not overtake them", async () => {
  const { pace, done, work, loop } = working(5)
  // The fourth comes while the second is at work: time is left in the slice, but the third waits.
  const all: Promise<void>[] = [work(1, 5), work(2, 1, () => all.push(work(4, 1))), work(3, 1)]
  expect(pace.waiting).toBe(2)
  await loop(6)
  await Promise.all(all)
  expect(done.map(({ who }) => who)).toEqual([1, 2, 3, 4])
})
