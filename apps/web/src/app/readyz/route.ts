import { checkReadiness } from "@/server/readiness.ts"

export const dynamic = "force-dynamic"

export const GET = async (): Promise<Response> => {
  const readiness = await checkReadiness()
  return Response.json(readiness, { status: readiness.ready ? 200 : 503, headers: { "cache-control": "no-store" } })
}
