import { findSession, type Session, signIn, signOut, SESSION_LIFE_MS } from "@hearth/api"
import { AppError } from "@hearth/core"
import { deriveKey, toAppError } from "@hearth/db"
import { addressOf } from "@hearth/api"
import type { AuthOptions } from "next-auth"
import { getServerSession } from "next-auth"
import CredentialsProvider from "next-auth/providers/credentials"
import { headers } from "next/headers"
import { deps } from "./deps.ts"
import { env } from "./env.ts"
import { authLog } from "./logger.ts"
import { metrics } from "./metrics.ts"
import { once } from "./once.ts"

/** What our token holds: ids only. Everything else is read from the tables at each request. */
interface Claims {
  sid?: unknown
  userId?: unknown
}

/** NextAuth carries a failure as one string, in the `error` of the address that it answers with: the code, and ms to wait. */
const asSignInError = (error: unknown): Error => {
  const known = toAppError(error)
  if (!known) authLog().error({ err: error }, "sign-in failed")
  const { code, retryAfterMs } = known ?? new AppError("INTERNAL", "")
  metrics().signIns.inc({ result: code })
  return new Error(retryAfterMs === undefined ? code : `${code}:${retryAfterMs}`)
}

const text = (value: unknown): string => (typeof value === "string" ? value : "")

const base = once("auth", (): AuthOptions => {
  const secret = deriveKey(env().HEARTH_SECRET, "nextauth").toString("base64url")
  return {
    secret,
    session: { strategy: "jwt", maxAge: SESSION_LIFE_MS / 1000 },
    // Its own pages would need inline styles, which our policy refuses.
    pages: { signIn: "/login", signOut: "/", error: "/login", newUser: "/" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: async (credentials, request) => {
          const sent = new Headers(request.headers as Record<string, string>)
          try {
            const { userId, sessionId } = await signIn(deps(), {
              email: text(credentials?.email),
              password: text(credentials?.password),
              address: addressOf(sent),
              userAgent: sent.get("user-agent") ?? "",
            })
            metrics().signIns.inc({ result: "ok" })
            return { id: userId, sid: sessionId }
          } catch (error) {
            throw asSignInError(error)
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user, trigger }) => {
        if (trigger !== "signIn" || !user) return { sid: token["sid"], userId: token["userId"] }
        return { sid: (user as { sid?: unknown }).sid, userId: user.id }
      },
      // Only the server reads more than this; `/api/auth/session` tells a browser nothing that it does not know.
      session: ({ session, token }) => ({ expires: session.expires, sid: token["sid"] }) as typeof session,
      redirect: ({ url, baseUrl }) => (url.startsWith("/") && !url.startsWith("//") ? `${baseUrl}${url}` : baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        const { sid, userId } = (token ?? {}) as Claims
        if (typeof sid === "string" && typeof userId === "string") await signOut(deps(), { userId, sessionId: sid })
      },
    },
    logger: {
      error: (code) => authLog().error({ code }, "next-auth"),
      warn: (code) => authLog().debug({ code }, "next-auth"),
      debug: () => {},
    },
  }
})

/** For the scheme of this request: on https the cookie is `__Host-`, which neither a subdomain nor plain http can set. */
export const authOptions = async (): Promise<AuthOptions> => {
  const https = (await headers()).get("x-forwarded-proto")?.split(",")[0]?.trim() === "https"
  return {
    ...base(),
    useSecureCookies: https,
    cookies: {
      sessionToken: {
        name: https ? "__Host-hearth.session" : "hearth.session",
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: https },
      },
    },
  }
}

/** Who asks, or null. The only reader of sessions: the cookie names a row, and the row is read each time. */
export const currentSession = async (): Promise<Session | null> => {
  const claimed = (await getServerSession(await authOptions())) as Claims | null
  return typeof claimed?.sid === "string" ? findSession(deps(), claimed.sid) : null
}
