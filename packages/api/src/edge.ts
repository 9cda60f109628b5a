import { type AppError, errorCodes } from "@hearth/core"
import { toAppError } from "@hearth/db"
import type { TRPCError } from "@trpc/server"
import { fetchRequestHandler } from "@trpc/server/adapters/fetch"
import { getHTTPStatusCodeFromError } from "@trpc/server/http"
import type { Deps, Session } from "./context.ts"
import { retryHeaders, toTrpcError } from "./errors.ts"
import { addressOf, readBody, requestIdOf, requireOwnJson } from "./http.ts"
import { appRouter } from "./root.ts"

const MAX_BATCH = 20

/** One request that was answered. `path` is a procedure of ours, "batch" or "unknown": what a stranger writes makes no time series. */
export interface Answered {
  requestId: string
  path: string
  status: number
  ms: number
  userId: string | undefined
}
/** One procedure that failed. `expected` null: a bug. */
export interface Failed {
  requestId: string
  path: string
  expected: AppError | null
  error: TRPCError
}

export interface EdgeOptions {
  endpoint: string
  deps: () => Deps
  /** Who sends this request. */
  session: (request: Request) => Promise<Session | null>
  onAnswered?: (answered: Answered) => void
  onFailed?: (failed: Failed) => void
}

const procedures = new Set(Object.keys(appRouter._def.procedures))
const labelOf = (path: string) => (procedures.has(path) ? path : path.includes(",") ? "batch" : "unknown")

export const privately = (requestId: string) => ({ "cache-control": "private, no-store", "x-request-id": requestId })

/** An answer to what never became a call of a procedure. Clients read the same shape from it. */
export const refuse = (error: AppError, requestId: string): Response => {
  const status = getHTTPStatusCodeFromError(toTrpcError(error))
  const data = { code: errorCodes[error.code].trpc, httpStatus: status, appError: error.toWire(), field: null }
  return Response.json(
    { error: { message: error.message, code: -32600, data } },
    { status, headers: { ...privately(requestId), ...retryHeaders([toTrpcError(error)]) } },
  )
}

/** The HTTP edge of all procedures: Origin and form checked, size bounded, failures by core's table, answers that nobody stores. */
export const createEdge =
  ({ endpoint, deps, session, onAnswered = () => {}, onFailed = () => {} }: EdgeOptions) =>
  async (request: Request): Promise<Response> => {
    const started = performance.now()
    const requestId = requestIdOf(request.headers)
    const path = labelOf(new URL(request.url).pathname.slice(endpoint.length + 1))
    let userId: string | undefined
    const answer = (response: Response): Response => {
      onAnswered({ requestId, path, status: response.status, ms: performance.now() - started, userId })
      return response
    }
    let checked: Request
    try {
      requireOwnJson(request)
      checked = request.method === "POST" ? await bounded(request) : request
    } catch (error) {
      const known = toAppError(error)
      if (!known) throw error
      return answer(refuse(known, requestId))
    }
    const response = await fetchRequestHandler({
      endpoint,
      req: checked,
      router: appRouter,
      maxBatchSize: MAX_BATCH,
      createContext: async () => {
        const asker = await session(request).catch((error: unknown) => {
          // A database that is away is said as such, not as a fault of ours.
          const known = toAppError(error)
          throw known ? toTrpcError(known) : error
        })
        userId = asker?.userId
        return {
          ...deps(),
          session: asker,
          address: addressOf(request.headers),
          userAgent: request.headers.get("user-agent") ?? "",
          requestId,
        }
      },
      responseMeta: ({ errors }) => ({ headers: { ...privately(requestId), ...retryHeaders(errors) } }),
      onError: ({ error, path: procedure = "" }) => {
        const expected = toAppError(error)
        if (expected || error.code === "INTERNAL_SERVER_ERROR")
          onFailed({ requestId, path: labelOf(procedure), expected, error })
      },
    })
    return answer(response)
  }

const bounded = async (request: Request): Promise<Request> =>
  new Request(request.url, {
    method: request.method,
    headers: request.headers,
    body: await readBody(request),
    signal: request.signal,
  })
