import { expect, test } from "vitest"
import { testNetwork } from "../test-network.ts"
import { describePresence, presenceTimes } from "./contract.ts"
import { describeStatus } from "./status.contract.ts"
import { presenceDefaults } from "./options.ts"
import { strongest } from "./strongest.ts"

describePresence("one node, in memory", async (database) => ({
  ...(await testNetwork(database, { config: { cluster: presenceTimes } })),
  last: 0,
}))

describeStatus("one node, in memory", async (database) => ({
  ...(await testNetwork(database, { config: { cluster: presenceTimes } })),
  last: 0,
}))

test("[P11] the real figures: 10 s of grace, one packet a second, seen well within two", () => {
  expect(presenceDefaults).toMatchObject({ graceMs: 10_000, packetMs: 1_000 })
  expect(presenceDefaults.gatherMs + presenceDefaults.packetMs).toBeLessThan(2_000)
})

test("do not disturb beats online beats idle beats offline", () => {
  expect(strongest(["idle", "online", "dnd"])).toBe("dnd")
  expect(strongest(["idle", "online", "offline"])).toBe("online")
  expect(strongest(["offline", "idle"])).toBe("idle")
  expect(strongest([])).toBe("offline")
})
