import { AppError, MAX_PICTURE_BYTES, Snowflake } from "@hearth/core"
import { toAppError } from "@hearth/db"
import { TRPCError } from "@trpc/server"
import { unknownChannel } from "../access.ts"
import type { Session } from "../context.ts"
import { type EdgeOptions, privately, refuse } from "../edge.ts"
import { addressOf, isOwnOrigin, readBody, requestIdOf } from "../http.ts"
import { hasIcon, setIcon } from "./icon.ts"

type Options = Pick<EdgeOptions, "deps" | "session" | "onAnswered" | "onFailed">

export interface IconEdge {
  /** `POST`: the picture is the body. Answers `{icon}`, or failures in the shape of procedures. */
  give(request: Request, conversationId: string): Promise<Response>
  /** `GET`: 404 for who is not in the group, as for what is not there. */
  show(request: Request, icon: string): Promise<Response>
}

const requireOwnPicture = ({ headers }: Request): void => {
  if (!isOwnOrigin(headers)) throw new AppError("FORBIDDEN", "This request comes from another site.")
  // What a form of another site cannot send.
  if (!/^image\/[a-z0-9.+-]+$/i.test(headers.get("content-type") ?? ""))
    throw new AppError("BAD_REQUEST", "A request carries a picture.")
}

/** Pictures that are sent and made at once: each takes memory for as long as its sender likes. */
const AT_ONCE = 10
const OF_ONE = 2
const READ_MS = 60_000

/** Takes a place for one picture of somebody, and gives it back. Throws UNAVAILABLE: there is none. */
const createPlaces = () => {
  const taken: Snowflake[] = []
  return async <T>(userId: Snowflake, work: () => Promise<T>): Promise<T> => {
    if (taken.length >= AT_ONCE || taken.filter((id) => id === userId).length >= OF_ONE)
      throw new AppError("UNAVAILABLE", "Too many pictures are being made right now. Please try again in a moment.", {
        retryAfterMs: 5000,
      })
    taken.push(userId)
    try {
      return await work()
    } finally {
      taken.splice(taken.indexOf(userId), 1)
    }
  }
}

const shown = {
  "x-content-type-options": "nosniff",
  // Opened as a page of its own, it is a picture, and nothing else.
  "content-security-policy": "default-src 'none'; sandbox",
}

/** The HTTP edge of icons, which are bytes and no JSON: checked as procedures are. */
export const createIconEdge = ({ deps, session, onAnswered = () => {}, onFailed = () => {} }: Options): IconEdge => {
  const inPlace = createPlaces()
  const answering = async (
    request: Request,
    path: string,
    work: (asker: Session, requestId: string) => Promise<Response>,
    check: () => void = () => {},
  ): Promise<Response> => {
    const started = performance.now()
    const requestId = requestIdOf(request.headers)
    let userId: string | undefined
    const answer = async (): Promise<Response> => {
      try {
        check()
        const asker = await session(request)
        if (!asker) throw new AppError("UNAUTHENTICATED", "Please sign in.")
        userId = asker.userId
        return await work(asker, requestId)
      } catch (error) {
        const expected = toAppError(error)
        const cause = new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error })
        onFailed({ requestId, path, expected, error: cause })
        return refuse(
          expected ?? new AppError("INTERNAL", "Something broke on our side, and was written down. Please try again."),
          requestId,
        )
      }
    }
    const response = await answer()
    onAnswered({ requestId, path, status: response.status, ms: performance.now() - started, userId })
    return response
  }
  return {
    give: (request, id) =>
      answering(
        request,
        "icon.give",
        async (asker, requestId) => {
          const conversationId = Snowflake.safeParse(id)
          if (!conversationId.success) throw unknownChannel()
          const ctx = {
            ...deps(),
            session: asker,
            address: addressOf(request.headers),
            userAgent: request.headers.get("user-agent") ?? "",
            requestId,
          }
          const signal = AbortSignal.any([request.signal, AbortSignal.timeout(READ_MS)])
          const read = () => readBody(request, MAX_PICTURE_BYTES, signal)
          const confirm = async () => {
            if ((await session(request))?.sessionId !== asker.sessionId)
              throw new AppError("UNAUTHENTICATED", "Please sign in.")
          }
          const given = await inPlace(asker.userId, () =>
            setIcon(ctx, { conversationId: conversationId.data, read, confirm }),
          )
          return Response.json(given, { headers: privately(requestId) })
        },
        () => requireOwnPicture(request),
      ),
    show: (request, icon) =>
      answering(request, "icon.show", async ({ userId }, requestId) => {
        const none = () => new Response(null, { status: 404, headers: { ...shown, ...privately(requestId) } })
        if (!(await hasIcon(deps().db, { icon, userId }))) return none()
        // What a key says never changes; whether one may have it does, and is asked each time.
        const kept = { ...shown, etag: `"${icon}"`, "cache-control": "private, no-cache" }
        if (request.headers.get("if-none-match")?.includes(kept.etag))
          return new Response(null, { status: 304, headers: kept })
        const body = await deps().files.get(icon)
        return body ? new Response(body, { headers: { ...kept, "content-type": "image/webp" } }) : none()
      }),
  }
}
