import { addressOf, createCaller, requestIdOf } from "@hearth/api"
import { headers } from "next/headers"
import { redirect } from "next/navigation"
import { currentSession } from "../../server/auth.ts"
import { deps } from "../../server/deps.ts"
import { safeNext } from "./safe-next.ts"

/** Calls procedures for a page that is being rendered, as the one who asks for it. */
export const pageCaller = async () => {
  const sent = await headers()
  const session = await currentSession()
  const context = {
    ...deps(),
    session,
    address: addressOf(sent),
    userAgent: sent.get("user-agent") ?? "",
    requestId: requestIdOf(sent),
  }
  return { caller: createCaller(context), context, session }
}

/** Pages of the app are for who is signed in. Others are sent to sign in, and from there back to where they were. */
export const requireSession = async (): Promise<void> => {
  const { caller, session } = await pageCaller()
  if (session) return
  const { needsSetup } = await caller.setup.status()
  const path = safeNext((await headers()).get("x-path"))
  redirect(needsSetup ? "/setup" : path === "/" ? "/login" : `/login?next=${encodeURIComponent(path)}`)
}
