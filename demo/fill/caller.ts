import { type Context, createCaller, type Deps, findSession, type SignedIn, signOut } from "@hearth/api"
import { openSession } from "@hearth/api/import"
import type { Snowflake } from "@hearth/core"

const USER_AGENT = "Hearth demo"
const request = { address: "127.0.0.1", userAgent: USER_AGENT, requestId: "demo" }

/** Calls procedures as a stranger's request would. */
export const asStranger = (deps: Deps) =>
  createCaller(async (): Promise<Context> => ({ ...deps, ...request, session: null }))

export interface SignedInCaller {
  userId: Snowflake
  context: SignedIn
  /** Procedures, as a request of this person would call them. */
  call: ReturnType<typeof createCaller>
  signOut(): Promise<void>
}

/** A session of somebody, without their password: this process has the stores in its hands anyway. */
export const signInAs = async (deps: Deps, userId: Snowflake): Promise<SignedInCaller> => {
  const sessionId = await openSession(deps, { userId, ...request })
  const session = await findSession(deps, sessionId)
  if (!session) throw new Error("a session was opened, and is not there")
  const context: SignedIn = { ...deps, ...request, session }
  return {
    userId,
    context,
    call: createCaller(async () => context),
    signOut: () => signOut(deps, { userId, sessionId }),
  }
}
