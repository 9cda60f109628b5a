import { expect, test } from "vitest"
import { testNetwork } from "../test-network.ts"
import { defaultTimings } from "../timings.ts"
import { describeLiveliness } from "./contract.ts"

describeLiveliness("one node, in memory", async (database) => ({ ...(await testNetwork(database)), last: 0 }))

test("the real figures: a word every 2 s, and a dead node's viewers gone within 15", () => {
  const { viewers, viewersBeat, viewersExpire, viewersGather } = defaultTimings
  expect(viewers).toBe(2_000)
  expect(viewersExpire).toBeGreaterThan(2 * viewersBeat)
  // Silent for so long, looked at with each beat, and told with the next word.
  expect(viewersExpire + viewersBeat + Math.max(viewers, viewersGather)).toBeLessThanOrEqual(15_000)
})
