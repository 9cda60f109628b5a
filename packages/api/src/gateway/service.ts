import { PROTOCOL_VERSION } from "@hearth/core"
import { signTicket } from "@hearth/db"
import type { SignedIn } from "../context.ts"

/** What one socket is opened with: good for 30 s, once. */
export const ticket = ({ secret, session, clock }: SignedIn): { ticket: string; protocol: number } => ({
  ticket: signTicket(secret, { sessionId: session.sessionId, userId: session.userId }, clock()),
  protocol: PROTOCOL_VERSION,
})
