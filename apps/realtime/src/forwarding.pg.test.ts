import { describeForwarding } from "./forwarding.contract.ts"
import { testNetwork } from "./test-network.ts"

describeForwarding("embedded", (database) => testNetwork(database))
