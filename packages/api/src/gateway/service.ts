import { PROTOCOL_VERSION, type Snowflake } from "@hearth/core"
import { signTicket } from "@hearth/db"
import type { SignedIn } from "../context.ts"

/** What one socket is opened with, good for 30 s, once; and for whom, since a browser's account may have changed meanwhile. */
export const ticket = ({
  secret,
  session,
  clock,
}: SignedIn): { ticket: string; protocol: number; userId: Snowflake } => ({
  ticket: signTicket(secret, { sessionId: session.sessionId, userId: session.userId }, clock()),
  protocol: PROTOCOL_VERSION,
  userId: session.userId,
})
