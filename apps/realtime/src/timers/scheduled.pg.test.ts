import { testNetwork } from "../test-network.ts"
import { describeScheduled, scheduledKeys } from "./scheduled.contract.ts"

describeScheduled("embedded", (database) => testNetwork(database, { config: { bodyKeys: scheduledKeys } }))
