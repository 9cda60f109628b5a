import type { Me, Snowflake } from "@hearth/core"
import type { Database } from "@hearth/db"
import type { RateLimits } from "@hearth/db/rate-limits"
import type { Bodies, MessageStore } from "@hearth/db/message-store"
import type { FileStore } from "./file-store/index.ts"
import type { MakeIcon } from "./picture/make-apart.ts"

/** Who asks: read from the sessions table at this very request. */
export interface Session {
  sessionId: string
  userId: Snowflake
  me: Me
}

/** What services are built on. Made once a process, passed in. */
export interface Deps {
  db: Database
  store: MessageStore
  /** How drafts lie in the database: as messages do. */
  bodies: Bodies
  limits: RateLimits
  files: FileStore
  makeIcon: MakeIcon
  /** Hears why a file that nobody has any more could not be deleted yet. */
  onLeftOver?: (error: unknown) => void
  /** HEARTH_SECRET: keys are derived from it, it is never used itself. */
  secret: string
  /** Of the software. */
  version: string
  /** Unix time in ms. */
  clock: () => number
  /** Multiplies every limit of this package: 1 in production, more where one address plays many people. */
  limitScale?: number
}

/** One request. */
export interface Context extends Deps {
  session: Session | null
  /** The peer's address as our own front saw it. */
  address: string
  userAgent: string
  requestId: string
}

/** A request of somebody who is signed in. */
export type SignedIn = Context & { session: Session }
