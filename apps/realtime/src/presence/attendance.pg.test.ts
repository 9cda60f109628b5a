import { testNetwork } from "../test-network.ts"
import { describeAttendance } from "./attendance.contract.ts"
import { lastActiveTimes } from "./last-active.contract.ts"

const RARELY = 3_600_000

describeAttendance("one node, in memory", async (database) => ({
  ...(await testNetwork(database, { config: { cluster: lastActiveTimes(RARELY) } })),
  last: 0,
}))
