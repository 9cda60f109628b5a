import { testNetwork } from "../test-network.ts"
import { describePresenceCost } from "./cost.contract.ts"

describePresenceCost("one node, in memory", async (database, cluster) => ({
  ...(await testNetwork(database, { config: { cluster } })),
  last: 0,
}))
