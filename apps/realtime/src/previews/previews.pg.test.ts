import { testNetwork } from "../test-network.ts"
import { describePreviews } from "./contract.ts"

describePreviews("embedded", (database, fetcher) => testNetwork(database, { config: { previews: { fetcher } } }))
