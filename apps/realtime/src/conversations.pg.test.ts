import { testNetwork } from "./test-network.ts"
import { describeConversations } from "./conversations.contract.ts"

describeConversations("embedded", (database) => testNetwork(database))
