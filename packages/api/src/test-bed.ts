import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { AppError, type Bootstrap, type ErrorCode, type Pos, type Snowflake, type WireError } from "@hearth/core"
import { type Database, outboxHead, type OutboxRow, readOutbox, transact } from "@hearth/db"
import { type BodyKey, openBodies, openPostgresStore } from "@hearth/db/message-store"
import { openMemoryRateLimits } from "@hearth/db/rate-limits"
import { testDatabase } from "@hearth/testing"
import { TRPCError } from "@trpc/server"
import { insertUser } from "./account/service.ts"
import type { Context, Deps } from "./context.ts"
import { describeFailure } from "./errors.ts"
import { openLocalFiles } from "./file-store/index.ts"
import { makesIconsApart } from "./picture/make-apart.ts"
import { createCaller } from "./root.ts"
import { findSession, openSession } from "./session/service.ts"

export const SECRET = "a-secret-for-tests-of-32-characters-or-more"
/** Fits no password: who signs in by one in a test registers first. */
const NO_PASSWORD = "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

export interface Person {
  userId: Snowflake
  sessionId: string
  /** Reads the session anew at each call, as a request does. */
  call: ReturnType<typeof createCaller>
  bootstrap(): Promise<Bootstrap>
}

export interface Bed extends AsyncDisposable {
  deps: Deps
  db: Database
  url: string
  /** Moves the clock, by ms. */
  pass(ms: number): void
  /** Somebody who is not signed in, from an address of their own unless one is given. */
  stranger(address?: string): ReturnType<typeof createCaller>
  /** An account with a session, without the work of a password. */
  person(name: string): Promise<Person>
  signedInAs(sessionId: string): Promise<ReturnType<typeof createCaller>>
  head(): Promise<Pos>
  /** What the outbox told since. */
  told(since: Pos): Promise<OutboxRow[]>
}

let people = 0

/** The services on a database of their own. */
export const testBed = async ({
  limitScale = 1000,
  bodyKeys,
}: {
  limitScale?: number
  bodyKeys?: BodyKey[]
} = {}): Promise<Bed> => {
  const database = await testDatabase()
  const { db } = database
  const store = openPostgresStore({ url: database.url, macKey: Buffer.alloc(32, 1) })
  let ahead = 0
  const clock = () => Date.now() + ahead
  const limits = openMemoryRateLimits({ clock })
  const folder = await mkdtemp(join(tmpdir(), "hearth-files-"))
  const deps: Deps = {
    db,
    files: openLocalFiles({ folder }),
    makeIcon: makesIconsApart({ file: fileURLToPath(new URL("./picture/process.ts", import.meta.url)) }),
    store,
    bodies: openBodies(bodyKeys),
    limits,
    secret: SECRET,
    version: "test",
    clock,
    limitScale,
  }
  const context = async (sessionId: string | null, address: string): Promise<Context> => ({
    ...deps,
    session: sessionId === null ? null : await findSession(deps, sessionId),
    address,
    userAgent: "vitest",
    requestId: "test",
  })
  const person = async (displayName: string): Promise<Person> => {
    const email = `${displayName.toLowerCase()}-${++people}@example.org`
    const userId = await transact(db, (tx) =>
      insertUser(tx, { email, displayName, passwordHash: NO_PASSWORD, isInstanceAdmin: false, now: clock() }),
    )
    const sessionId = await openSession(deps, { userId, address: "192.0.2.1", userAgent: "vitest" })
    const call = createCaller(() => context(sessionId, "192.0.2.1"))
    return { userId, sessionId, call, bootstrap: () => call.app.bootstrap() }
  }
  return {
    deps,
    db,
    url: database.url,
    pass: (ms) => {
      ahead += ms
    },
    stranger: (address = `198.51.100.${++people % 250}`) => createCaller(() => context(null, address)),
    person,
    signedInAs: async (sessionId) => createCaller(() => context(sessionId, "192.0.2.1")),
    head: () => outboxHead(db),
    told: (since) => readOutbox(db, since, 10_000),
    [Symbol.asyncDispose]: async () => {
      await store.close()
      await limits.close()
      await database[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** How a call failed, as a client reads it. Fails the test when it did not. */
export const failure = async (call: Promise<unknown>): Promise<WireError & { field: string | null }> => {
  try {
    await call
  } catch (error) {
    if (error instanceof TRPCError) {
      const { appError, field } = describeFailure(error)
      return { ...appError, field }
    }
    if (error instanceof AppError) return { ...error.toWire(), field: null }
    throw error
  }
  throw new Error("the call went through")
}

export const failureCode = async (call: Promise<unknown>): Promise<ErrorCode> => (await failure(call)).code
