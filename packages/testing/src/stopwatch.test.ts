import { expect, test, vi } from "vitest"
import { stopwatch } from "./stopwatch.ts"

test("what is waited for counts, and what the machine stands still for does not", async () => {
  const waited = stopwatch()
  const since = performance.now()
  await vi.waitFor(() => expect(performance.now() - since).toBeGreaterThan(200), { timeout: 20_000, interval: 20 })
  const real = performance.now() - since
  const counted = waited()
  expect(counted).toBeGreaterThan(20)
  expect(counted).toBeLessThan(real + 1)

  const stalled = stopwatch()
  const until = performance.now() + 300
  while (performance.now() < until);
  expect(stalled()).toBeLessThan(100)
})
