import { createEdge, createIconEdge, type EdgeOptions } from "@hearth/api"
import { currentSession } from "./auth.ts"
import { deps } from "./deps.ts"
import { httpLog } from "./logger.ts"
import { metrics } from "./metrics.ts"

const common: Omit<EdgeOptions, "endpoint"> = {
  deps,
  session: currentSession,
  onAnswered: ({ requestId, path, status, ms, userId }) => {
    metrics().requests.observe({ path, code: String(status) }, ms)
    httpLog().debug({ requestId, path, status, ms: Math.round(ms), userId }, "request")
  },
  onFailed: ({ requestId, path, expected, error }) => {
    if (expected?.code === "RATE_LIMITED") metrics().rateLimited.inc({ path })
    else if (expected?.code === "UNAVAILABLE") httpLog().warn({ requestId, path }, "unavailable")
    else if (!expected) {
      metrics().failures.inc()
      httpLog().error({ requestId, path, err: error.cause ?? error }, "procedure failed")
    }
  },
}

export const handleTrpc = createEdge({ endpoint: "/api/trpc", ...common })
export const icons = createIconEdge(common)
