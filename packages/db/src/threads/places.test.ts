import { expect, test, vi } from "vitest"
import type { Queryable } from "../client.ts"
import { createThreadPlaces } from "./places.ts"

/** A table with the threads 1, 2 and 3. */
const table = () => {
  const execute = vi.fn(async () => ({
    rows: ["1", "2", "3"].map((id) => ({ id, channelId: `10${id}`, seq: Number(id) })),
  }))
  return { execute, db: { execute } as unknown as Queryable }
}

test("where a thread hangs is asked once, and what is none is asked each time: it may be one by then", async () => {
  const { execute, db } = table()
  const places = createThreadPlaces(db)
  expect(places.of("1")).toBeUndefined()
  await places.learn(["1", "9"])
  expect(places.of("1")).toEqual({ channelId: "101", seq: 1 })
  expect(places.of("9")).toBeUndefined()
  const asked = execute.mock.calls.length
  await places.learn(["1"])
  expect(execute).toHaveBeenCalledTimes(asked)
  await places.learn(["9"])
  expect(execute).toHaveBeenCalledTimes(asked + 1)
})

test("of very many, those that nobody asked for longest are forgotten, and learned again", async () => {
  const { db } = table()
  const places = createThreadPlaces(db, 2)
  await places.learn(["1"])
  await places.learn(["2"])
  places.of("1")
  places.peek("2")
  await places.learn(["3"])
  expect([places.of("1"), places.of("3")]).toEqual([
    { channelId: "101", seq: 1 },
    { channelId: "103", seq: 3 },
  ])
  expect(places.of("2")).toBeUndefined()
  await places.learn(["2"])
  expect(places.of("2")).toEqual({ channelId: "102", seq: 2 })
  // Who names it uses it.
  await places.learn(["3"])
  await places.learn(["1"])
  expect(places.of("3")).toEqual({ channelId: "103", seq: 3 })
})
