import { expect, test } from "vitest"
import { createTurns } from "./turns.ts"

/** Work that ends when it is told to. */
const bench = (atOnce: number) => {
  const begun: string[] = []
  const ends = new Map<string, (end: "done" | "more") => void>()
  const turns = createTurns((channelId) => {
    begun.push(channelId)
    return new Promise((resolve) => ends.set(channelId, resolve))
  }, atOnce)
  const end = async (channelId: string, how: "done" | "more" = "done") => {
    ends.get(channelId)?.(how)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { turns, begun, end }
}

test("a few at once, in the order in which they came", async () => {
  const { turns, begun, end } = bench(2)
  for (const id of ["1", "2", "3", "3"]) turns.take(id)
  expect(begun).toEqual(["1", "2"])
  await end("2")
  expect(begun).toEqual(["1", "2", "3"])
  await end("3")
  expect(begun).toHaveLength(3)
})

test("who comes while it is under way brings one more round, however many they are", async () => {
  const { turns, begun, end } = bench(4)
  for (let i = 0; i < 4; i++) turns.take("1")
  expect(begun).toEqual(["1"])
  await end("1")
  expect(begun).toEqual(["1", "1"])
  await end("1")
  expect(begun).toHaveLength(2)
})

test("what has more to do comes after the others", async () => {
  const { turns, begun, end } = bench(1)
  turns.take("1")
  turns.take("2")
  await end("1", "more")
  await end("2")
  expect(begun).toEqual(["1", "2", "1"])
})

test("closing waits for what is under way, and begins nothing", async () => {
  const { turns, begun, end } = bench(1)
  turns.take("1")
  turns.take("2")
  let closed = false
  const closing = turns.close().then(() => (closed = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(closed).toBe(false)
  await end("1")
  await closing
  expect(begun).toEqual(["1"])
})
