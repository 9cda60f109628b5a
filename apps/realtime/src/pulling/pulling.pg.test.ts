import { testNetwork } from "../test-network.ts"
import { describePulling, pullingOptions } from "./contract.ts"

describePulling("one node, in memory", async (database) => ({
  ...(await testNetwork(database, pullingOptions)),
  last: 0,
}))
