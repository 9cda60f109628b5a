import { expect, test } from "vitest"
import { presenceTimes } from "../presence/contract.ts"
import { testNetwork } from "../test-network.ts"
import { describeMemberLists } from "./contract.ts"
import { memberListDefaults } from "./member-lists.ts"

describeMemberLists("one node, in memory", async (database) => ({
  ...(await testNetwork(database, { config: { cluster: presenceTimes } })),
  last: 0,
}))

test("the real figures: one push a second", () => {
  expect(memberListDefaults.pushMs).toBe(1_000)
})
