import { expect, test } from "vitest"
import { inLanes } from "./in-lanes.ts"

test("work in lanes is done once an item, so many at once, and answered in order", async () => {
  const waiting = new Map<number, () => void>()
  const work = (n: number) => new Promise<string>((resolve) => waiting.set(n, () => resolve(`${n}`)))
  const all = inLanes([1, 2, 3, 4], 2, work)
  const end = async (n: number) => {
    waiting.get(n)?.()
    waiting.delete(n)
    await new Promise((resolve) => setImmediate(resolve))
    return [...waiting.keys()]
  }
  expect([...waiting.keys()]).toEqual([1, 2])
  expect(await end(2)).toEqual([1, 3])
  expect(await end(3)).toEqual([1, 4])
  expect(await end(1)).toEqual([4])
  await end(4)
  expect(await all).toEqual(["1", "2", "3", "4"])
})

test("what one item's work throws is thrown", async () => {
  const all = inLanes([1, 2], 4, (n) => (n === 2 ? Promise.reject(new Error("two")) : Promise.resolve(n)))
  await expect(all).rejects.toThrow("two")
})
