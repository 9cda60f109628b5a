import { type NextRequest, NextResponse } from "next/server"
import { contentSecurityPolicy } from "./server/content-security-policy.ts"
import { isDocument, ownDocument } from "./server/own-document.ts"

const built = process.env.NODE_ENV === "production"

/** What people go to is seen before its scripts come; should that not work, it comes as Next sends it. */
export const proxy = async (request: NextRequest): Promise<Response> => {
  if (!built || !isDocument(request.method, request.headers)) return withNonce(request)
  return ownDocument(request.nextUrl, request.headers, request.signal).catch(() => withNonce(request))
}

/** Gives every page its own nonce. Next reads it from the request's policy and puts it on its scripts and styles. */
const withNonce = (request: NextRequest): NextResponse => {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64")
  const policy = contentSecurityPolicy({
    nonce,
    host: request.headers.get("x-forwarded-host") ?? request.headers.get("host"),
    dev: process.env.NODE_ENV === "development",
  })
  const headers = new Headers(request.headers)
  headers.set("x-nonce", nonce)
  headers.set("content-security-policy", policy)
  // Where a page that sends people to sign in brings them back to. Set here, so never a client's word.
  headers.set("x-path", `${request.nextUrl.pathname}${request.nextUrl.search}`)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set("content-security-policy", policy)
  return response
}

export const config = {
  matcher: [{ source: "/((?!_next/static|_next/image|api/|portraits/|healthz$|readyz$|metrics$|favicon.ico$).*)" }],
}
