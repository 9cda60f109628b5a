import { readBody } from "@hearth/api"
import { toAppError } from "@hearth/db"
import { NextRequest } from "next/server"

/** The same request with its body in memory, or the answer to one that is too large: NextAuth would read whatever comes. */
export const boundedRequest = async (request: Request): Promise<NextRequest | Response> => {
  const { url, method, headers } = request
  try {
    return new NextRequest(url, { method, headers, body: await readBody(request) })
  } catch (error) {
    const known = toAppError(error)
    if (known?.code !== "TOO_LARGE") throw error
    return Response.json({ error: known.message }, { status: 413, headers: { "cache-control": "no-store" } })
  }
}
