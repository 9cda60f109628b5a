import { metrics } from "@/server/metrics.ts"

export const dynamic = "force-dynamic"

/** For the operator's network: the front does not pass it on. */
export const GET = async (): Promise<Response> => {
  const { registry } = metrics()
  return new Response(await registry.metrics(), {
    headers: { "content-type": registry.contentType, "cache-control": "no-store" },
  })
}
