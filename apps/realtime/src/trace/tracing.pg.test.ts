import { testNetwork } from "../test-network.ts"
import { describeTracing } from "./contract.ts"

describeTracing("embedded", (database) => testNetwork(database))
