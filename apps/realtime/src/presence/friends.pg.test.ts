import { testNetwork } from "../test-network.ts"
import { presenceTimes } from "./contract.ts"
import { describeFriends } from "./friends.contract.ts"

describeFriends("one node, in memory", async (database) => ({
  ...(await testNetwork(database, { config: { cluster: presenceTimes } })),
  last: 0,
}))
