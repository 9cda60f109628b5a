import { testNetwork } from "../test-network.ts"
import { describeTimers } from "./contract.ts"

describeTimers("embedded", (database) => testNetwork(database))
