import type { IncomingMessage, ServerResponse } from "node:http"
import type { Metrics } from "./metrics.ts"

export interface Health {
  /** Why the node should get no traffic; empty: it is ready. */
  red: () => string[]
  /** Parts that are away, while the node does what can be done without them. */
  degraded: () => string[]
  metrics: Metrics
}

const answer = (res: ServerResponse, status: number, body: unknown): void => {
  res.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
  res.end(JSON.stringify(body))
}

export const healthHandler =
  ({ red, degraded, metrics }: Health) =>
  (req: IncomingMessage, res: ServerResponse): void => {
    const path = req.url?.split("?")[0]
    if (req.method !== "GET" && req.method !== "HEAD") return answer(res, 405, { error: "method not allowed" })
    if (path === "/healthz") return answer(res, 200, { ok: true })
    if (path === "/readyz") {
      const because = red()
      return answer(res, because.length === 0 ? 200 : 503, {
        ready: because.length === 0,
        because,
        degraded: degraded(),
      })
    }
    if (path === "/metrics") {
      metrics.registry.metrics().then(
        (text) => {
          res.writeHead(200, { "content-type": metrics.registry.contentType })
          res.end(text)
        },
        () => answer(res, 500, { error: "metrics failed" }),
      )
      return
    }
    answer(res, 404, { error: "not found" })
  }
