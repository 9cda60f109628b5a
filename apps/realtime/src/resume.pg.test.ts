import { describeResume } from "./resume.contract.ts"
import { testNetwork } from "./test-network.ts"

describeResume("embedded", (database) => testNetwork(database))
