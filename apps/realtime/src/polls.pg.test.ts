import { describePolls } from "./polls.contract.ts"
import { testNetwork } from "./test-network.ts"

describePolls("embedded", (database) => testNetwork(database))
