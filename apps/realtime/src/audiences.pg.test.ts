import { describeAudiences } from "./audiences.contract.ts"
import { testNetwork } from "./test-network.ts"

describeAudiences("embedded", (database) => testNetwork(database))
