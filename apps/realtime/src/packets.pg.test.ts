import { describePackets } from "./packets.contract.ts"
import { testNetwork } from "./test-network.ts"

describePackets("one node, in memory", (database, options) => testNetwork(database, options))
