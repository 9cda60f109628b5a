import { randomBytes } from "node:crypto"
import { type Database, openDatabase } from "@hearth/db"
import { migrate } from "@hearth/db/migrate"
import pg from "pg"
import { type PostgresPart, startTestPostgres } from "./parts/postgres.ts"
import { provided } from "./provided.ts"

export interface TestDatabase extends AsyncDisposable {
  url: string
  /** A pool of its own, closed with it. */
  db: Database
}

/** A database of its own for a suite or a test: migrated, empty, dropped in the end. */
export const testDatabase = async (): Promise<TestDatabase> => {
  const template = new URL(provided("postgresTemplate"))
  const name = `test_${randomBytes(8).toString("hex")}`
  const admin = new URL(template)
  admin.pathname = "/postgres"
  await run(admin, `create database ${name} template ${template.pathname.slice(1)}`)
  const url = new URL(template)
  url.pathname = `/${name}`
  const db = openDatabase({ url: url.href })
  return {
    url: url.href,
    db,
    [Symbol.asyncDispose]: async () => {
      if (!db.$client.ended) await db.$client.end()
      await run(admin, `drop database if exists ${name} with (force)`)
    },
  }
}

/** A server of its own, migrated, for tests that stop, kill or pause it. Takes about two seconds. */
export const privatePostgres = async (): Promise<PostgresPart> => {
  const server = await startTestPostgres()
  await migrate(server.url)
  return server
}

const run = async (url: URL, statement: string) => {
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
