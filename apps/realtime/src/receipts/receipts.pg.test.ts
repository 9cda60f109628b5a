import { testNetwork } from "../test-network.ts"
import { describeReceipts } from "./receipts.contract.ts"

describeReceipts("embedded", (database) => testNetwork(database), { last: 0 })
