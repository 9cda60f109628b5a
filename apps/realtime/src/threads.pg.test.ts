import { testNetwork } from "./test-network.ts"
import { describeThreads } from "./threads.contract.ts"

describeThreads("embedded", (database) => testNetwork(database))
