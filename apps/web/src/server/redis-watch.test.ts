import { expect, it } from "vitest"
import { watchRedis } from "./redis-watch.ts"

it("says once that Redis is away, and that it is back when nothing failed for a while", () => {
  let now = 0
  const said: string[] = []
  const watch = watchRedis(
    () => now,
    (error) => said.push(error.message),
  )
  expect(watch.isAway()).toBe(false)
  for (const at of [1000, 2000, 6500]) {
    now = at
    watch.failed(new Error("refused"))
    expect(watch.isAway()).toBe(true)
  }
  expect(said).toEqual(["refused"])
  now = 11_600
  expect(watch.isAway()).toBe(false)
  watch.failed(new Error("again"))
  expect(said).toEqual(["refused", "again"])
})
