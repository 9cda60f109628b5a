import { isOwnOrigin } from "@hearth/api"
import NextAuth from "next-auth"
import type { NextRequest } from "next/server"
import { authOptions } from "@/server/auth.ts"
import { boundedRequest } from "@/server/bounded-request.ts"

interface RouteContext {
  params: Promise<{ nextauth: string[] }>
}

const refused = () =>
  Response.json(
    { error: "This request comes from another site." },
    { status: 403, headers: { "cache-control": "no-store" } },
  )

const handle = async (request: NextRequest, context: RouteContext): Promise<Response> => {
  // NextAuth checks its own token, and never looks at Origin.
  if (request.method !== "GET" && !isOwnOrigin(request.headers)) return refused()
  const bounded = request.method === "GET" ? request : await boundedRequest(request)
  if (bounded instanceof Response) return bounded
  const response: Response = await NextAuth(bounded, context, await authOptions())
  response.headers.set("cache-control", "private, no-store")
  return response
}

export { handle as GET, handle as POST }
