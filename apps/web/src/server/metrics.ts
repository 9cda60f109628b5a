import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client"
import { once } from "./once.ts"

export const metrics = once("metrics", () => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requests: new Histogram({
      name: "hearth_api_request_ms",
      help: "Procedures, from the request to the answer",
      labelNames: ["path", "code"] as const,
      buckets: [2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000],
      registers,
    }),
    rateLimited: new Counter({
      name: "hearth_api_rate_limited_total",
      help: "Requests over a limit",
      labelNames: ["path"] as const,
      registers,
    }),
    failures: new Counter({
      name: "hearth_api_failures_total",
      help: "Bugs: procedures that failed unexpectedly",
      registers,
    }),
    signIns: new Counter({
      name: "hearth_sign_ins_total",
      help: "Sign-ins by how they ended",
      labelNames: ["result"] as const,
      registers,
    }),
    up: new Gauge({
      name: "hearth_dependency_up",
      help: "1 when it answered at the last readiness check",
      labelNames: ["dependency"] as const,
      registers,
    }),
  }
})
