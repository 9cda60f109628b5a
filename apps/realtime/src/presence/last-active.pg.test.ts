import { testNetwork } from "../test-network.ts"
import { describeLastActive, lastActiveTimes } from "./last-active.contract.ts"

describeLastActive("one node, in memory", async (database, activeMs) => ({
  ...(await testNetwork(database, { config: { cluster: lastActiveTimes(activeMs) } })),
  last: 0,
}))
