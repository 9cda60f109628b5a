import { silentLogger } from "./logger.ts"
import { type NodeConfig, openNode } from "./node.ts"

/** For tests: a node in a process of its own, that can be killed and frozen. Its configuration is the only argument, as JSON. */
const config = JSON.parse(process.argv[2] ?? "{}") as Omit<NodeConfig, "log">
const gateway = await openNode({ ...config, log: silentLogger() })
process.stdout.write(`${gateway.url}\n`)
// Whoever started it is gone.
process.stdin.on("close", () => process.exit(0)).resume()
