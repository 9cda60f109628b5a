import type { IncomingMessage } from "node:http"

const first = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value)?.split(",")[0]?.trim()

/**
 * Whether a request comes from a page of our own: polling and WebSocket alike, since Socket.IO's CORS setting guards only the
 * first. A browser sends no Origin with a same-origin GET, but says so in Sec-Fetch-Site. Who sends neither is no browser, has
 * no cookies to abuse, and carries a ticket. X-Forwarded-Host is the front's own: it strips what clients send.
 */
export const isOwnOrigin = (headers: IncomingMessage["headers"]): boolean => {
  const { origin } = headers
  if (origin === undefined) {
    const site = first(headers["sec-fetch-site"])
    return site === undefined || site === "same-origin"
  }
  const host = first(headers["x-forwarded-host"]) ?? headers.host
  if (!host) return false
  try {
    const from = new URL(origin)
    // The scheme is taken from the Origin, so that a default port that only one side spells out makes no difference.
    return (
      (from.protocol === "http:" || from.protocol === "https:") &&
      from.host === new URL(`${from.protocol}//${host}`).host
    )
  } catch {
    return false
  }
}
