import { AppError } from "@hearth/core"

/** Bytes of one request's body, a batch included. The largest single input is far below. */
export const MAX_BODY_BYTES = 65_536

const first = (value: string | null): string | null => value?.split(",")[0]?.trim() || null

/**
 * Whether a request that changes something comes from a page of our own. Every browser sends Origin with a POST; who sends
 * none is refused too. X-Forwarded-Host is the front's own: it strips what clients send.
 */
export const isOwnOrigin = (headers: Headers): boolean => {
  const origin = headers.get("origin")
  const host = first(headers.get("x-forwarded-host")) ?? headers.get("host")
  if (!origin || !host) return false
  try {
    const from = new URL(origin)
    // The scheme is the Origin's, so that a default port that only one side spells out makes no difference.
    return /^https?:$/.test(from.protocol) && from.host === new URL(`${from.protocol}//${host}`).host
  } catch {
    return false
  }
}

const isJson = (headers: Headers) => /^application\/json(\s*;|$)/i.test(headers.get("content-type") ?? "")

/** Refuses what no page of ours sends: a mutation from elsewhere, or in a form that needs no preflight. */
export const requireOwnJson = ({ method, headers }: Pick<Request, "method" | "headers">): void => {
  if (method === "GET" || method === "HEAD") return
  if (!isOwnOrigin(headers)) throw new AppError("FORBIDDEN", "This request comes from another site.")
  if (!isJson(headers)) throw new AppError("BAD_REQUEST", "A request carries application/json.")
}

/**
 * The body, or TOO_LARGE as soon as it is known: a length that a client states is only a claim. Who does not bring it to its end
 * before `signal` is aborted is not waited for: BAD_REQUEST.
 */
export const readBody = async (
  request: Request,
  limit = MAX_BODY_BYTES,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> => {
  const tooLarge = () => new AppError("TOO_LARGE", "The request is too large.")
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  const giveUp = () => void reader?.cancel().catch(() => {})
  signal?.addEventListener("abort", giveUp)
  const unended = () => new AppError("BAD_REQUEST", "The request did not come to its end.")
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      size += part.value.byteLength
      if (size > limit) {
        await reader?.cancel()
        throw tooLarge()
      }
      chunks.push(part.value)
    }
  } catch (error) {
    // Who went away breaks the line, too: that is no failure of ours.
    throw signal?.aborted ? unended() : error
  } finally {
    signal?.removeEventListener("abort", giveUp)
  }
  if (signal?.aborted) throw unended()
  const body = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.byteLength
  }
  return body
}

/** Who asks, as our own front saw them; it alone sets this header. */
export const addressOf = (headers: Headers): string => first(headers.get("x-forwarded-for")) ?? "unknown"

/** One id for all that a request causes, taken over from a front that sets one. */
export const requestIdOf = (headers: Headers): string => {
  const given = headers.get("x-request-id")
  return given && /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : crypto.randomUUID()
}
