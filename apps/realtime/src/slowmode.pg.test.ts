import { describeSlowmode } from "./slowmode.contract.ts"
import { testNetwork } from "./test-network.ts"

describeSlowmode("embedded", (database) => testNetwork(database))
