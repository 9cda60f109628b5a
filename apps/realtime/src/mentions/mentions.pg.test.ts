import { testNetwork } from "../test-network.ts"
import { describeLiveMentions } from "./contract.ts"

describeLiveMentions("embedded", (database) => testNetwork(database))
