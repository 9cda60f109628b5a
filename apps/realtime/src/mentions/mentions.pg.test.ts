import { testNetwork } from "../test-network.ts"
import { describeLiveMentions } from "./contract.ts"
import { describeMentionsInThreads } from "./in-threads.contract.ts"

describeMentionsInThreads("embedded", (database) => testNetwork(database))
describeLiveMentions("embedded", (database, timings) => testNetwork(database, { timings }))
