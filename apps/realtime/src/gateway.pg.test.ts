import { describeGateway } from "./gateway.contract.ts"
import { testNetwork } from "./test-network.ts"

describeGateway("embedded", (database) => testNetwork(database))
