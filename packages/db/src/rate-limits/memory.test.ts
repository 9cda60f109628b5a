import { expect, test } from "vitest"
import { describeRateLimits } from "./contract.ts"
import { openMemoryRateLimits } from "./memory.ts"

describeRateLimits("memory", async () => openMemoryRateLimits())

test("more subjects than fit make the oldest forgotten, not the process bigger", async () => {
  let now = 1_000_000
  const limits = openMemoryRateLimits({ clock: () => now, maxBuckets: 10 })
  const limit = { name: "l", burst: 1, perSecond: 0.001 }
  const take = async (subject: string) => (await limits.take([{ limit, subject }])).ok
  for (let i = 0; i < 11; i++) expect(await take(`user ${i}`)).toBe(true)
  expect(await take("user 10")).toBe(false)
  expect(await take("user 0")).toBe(true)
  now += 1_000_000
  expect(await take("user 10")).toBe(true)
})
