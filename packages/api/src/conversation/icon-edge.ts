import { AppError, MAX_PICTURE_BYTES, Snowflake } from "@hearth/core"
import { toAppError } from "@hearth/db"
import { TRPCError } from "@trpc/server"
import { unknownChannel } from "../access.ts"
import type { Session } from "../context.ts"
import { type EdgeOptions, privately, refuse } from "../edge.ts"
import { addressOf, isOwnOrigin, readBody, requestIdOf } from "../http.ts"
import { readIcon, setIcon } from "./icon.ts"

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

const shown = {
  "x-content-type-options": "nosniff",
  // Opened as a page of its own, it is a picture, and nothing else.
  "content-security-policy": "default-src 'none'; sandbox",
}

/** The HTTP edge of icons, which are bytes and no JSON: checked as procedures are. */
export const createIconEdge = ({ deps, session, onAnswered = () => {}, onFailed = () => {} }: Options): IconEdge => {
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
          const given = await setIcon(
            {
              ...deps(),
              session: asker,
              address: addressOf(request.headers),
              userAgent: request.headers.get("user-agent") ?? "",
              requestId,
            },
            { conversationId: conversationId.data, read: () => readBody(request, MAX_PICTURE_BYTES) },
          )
          return Response.json(given, { headers: privately(requestId) })
        },
        () => requireOwnPicture(request),
      ),
    show: (request, icon) =>
      answering(request, "icon.show", async ({ userId }, requestId) => {
        const body = await readIcon(deps(), { icon, userId })
        if (!body) return new Response(null, { status: 404, headers: { ...shown, ...privately(requestId) } })
        return new Response(body, {
          // What a key says never changes, so it is kept by the browser, and by nobody between.
          headers: { ...shown, "content-type": "image/webp", "cache-control": "private, max-age=31536000, immutable" },
        })
      }),
  }
}
