import { testNetwork } from "../test-network.ts"
import { describeLiveMentions } from "./contract.ts"

describeLiveMentions("embedded", (database, timings) => testNetwork(database, { timings }))
