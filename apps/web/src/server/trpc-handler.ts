import {
  addressOf,
  appRouter,
  type Context,
  readBody,
  requestIdOf,
  requireOwnJson,
  retryHeaders,
  toAppError,
  toTrpcError,
} from "@hearth/api"
import { type AppError, errorCodes } from "@hearth/core"
import { TRPCError } from "@trpc/server"
import { fetchRequestHandler } from "@trpc/server/adapters/fetch"
import { getHTTPStatusCodeFromError } from "@trpc/server/http"
import { currentSession } from "./auth.ts"
import { deps } from "./deps.ts"
import { httpLog } from "./logger.ts"
import { metrics } from "./metrics.ts"

const ENDPOINT = "/api/trpc"
const MAX_BATCH = 20

const createContext = async (headers: Headers, requestId: string): Promise<Context> => {
  try {
    return {
      ...deps(),
      session: await currentSession(),
      address: addressOf(headers),
      userAgent: headers.get("user-agent") ?? "",
      requestId,
    }
  } catch (error) {
    // A database that is away is said as such, not as a fault of ours.
    const known = toAppError(error)
    throw known ? toTrpcError(known) : error
  }
}

/** An answer to what never became a call of a procedure. Clients read the same shape from it. */
const refusal = (error: AppError, requestId: string): Response => {
  const trpc = errorCodes[error.code].trpc
  const status = getHTTPStatusCodeFromError(toTrpcError(error))
  return Response.json(
    {
      error: {
        message: error.message,
        code: -32600,
        data: { code: trpc, httpStatus: status, appError: error.toWire(), field: null },
      },
    },
    { status, headers: { "cache-control": "private, no-store", "x-request-id": requestId } },
  )
}

/** The HTTP edge of all procedures: Origin and form checked, size bounded, one log line, answers that nobody stores. */
export const handleTrpc = async (request: Request): Promise<Response> => {
  const requestId = requestIdOf(request.headers)
  const started = performance.now()
  let checked: Request
  try {
    requireOwnJson(request)
    checked = request.method === "POST" ? await bounded(request) : request
  } catch (error) {
    const known = toAppError(error)
    if (!known) throw error
    return refusal(known, requestId)
  }
  const path = new URL(request.url).pathname.slice(ENDPOINT.length + 1)
  let userId: string | undefined
  const response = await fetchRequestHandler({
    endpoint: ENDPOINT,
    req: checked,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: async () => {
      const context = await createContext(request.headers, requestId)
      userId = context.session?.userId
      return context
    },
    responseMeta: ({ errors }) => ({
      headers: { "cache-control": "private, no-store", "x-request-id": requestId, ...retryHeaders(errors) },
    }),
    onError: ({ error, path: procedure = "unknown" }) => count(error, procedure, requestId),
  })
  const ms = Math.round(performance.now() - started)
  metrics().requests.observe({ path: labelOf(path), code: String(response.status) }, ms)
  httpLog().debug({ requestId, path, status: response.status, ms, userId }, "request")
  return response
}

const bounded = async (request: Request): Promise<Request> =>
  new Request(request.url, {
    method: request.method,
    headers: request.headers,
    body: await readBody(request),
    signal: request.signal,
  })

const known = new Set(Object.keys(appRouter._def.procedures))
/** Labels come from our own table: what a stranger writes into a path makes no time series. */
const labelOf = (path: string) => (known.has(path) ? path : path.includes(",") ? "batch" : "unknown")

const count = (error: TRPCError, procedure: string, requestId: string): void => {
  const expected = toAppError(error)
  if (expected?.code === "RATE_LIMITED") metrics().rateLimited.inc({ path: labelOf(procedure) })
  if (expected?.code === "UNAVAILABLE")
    httpLog().warn({ requestId, procedure, reason: expected.message }, "unavailable")
  if (expected || error.code !== "INTERNAL_SERVER_ERROR") return
  metrics().failures.inc()
  httpLog().error({ requestId, procedure, err: error.cause ?? error }, "procedure failed")
}
