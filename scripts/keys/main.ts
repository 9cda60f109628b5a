// npm run keys:new, npm run keys:rotate: keys for the bodies of messages. docs/keys.md says when.
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { deriveKey, openDatabase, schema } from "@hearth/db"
import {
  newBodyKey,
  openBodies,
  openCassandraStore,
  openPostgresStore,
  rotateBodies,
  rotateDrafts,
  rotateScheduled,
} from "@hearth/db/message-store"
import { eq } from "drizzle-orm"
import { type Config, readConfig } from "../supervisor/config.ts"
import { StartError } from "../supervisor/start-error.ts"

const [command, ...args] = process.argv.slice(2)

const leaving = new AbortController()
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => leaving.abort())

const fail = (sentence: string): never => {
  throw new StartError(sentence)
}

/** That of the environment, or of the Hearth that runs on the data folder. */
const databaseUrl = ({ given, dataDir }: Config): string => {
  if (given.DATABASE_URL) return given.DATABASE_URL
  const folder = join(dataDir, "postgres")
  const pidFile = join(folder, "postmaster.pid")
  if (!existsSync(pidFile)) return fail(`No Hearth runs on ${dataDir}. Start it first, or set DATABASE_URL.`)
  const [, , , port] = readFileSync(pidFile, "utf8").split("\n")
  const password = readFileSync(join(folder, "hearth.password"), "utf8").trim()
  return `postgres://hearth:${encodeURIComponent(password)}@127.0.0.1:${port}/hearth`
}

const secretOf = ({ given, dataDir }: Config): string =>
  given.HEARTH_SECRET ?? readFileSync(join(dataDir, "secret"), "utf8").trim()

const rotate = async (config: Config): Promise<void> => {
  const { HEARTH_BODY_KEYS: bodyKeys, CASSANDRA_CONTACT_POINTS: contactPoints, ...given } = config.given
  if (!bodyKeys) fail("HEARTH_BODY_KEYS is not set: there is no key to put the messages under.")
  // That of npm run cluster: its messages are not in PostgreSQL, and "nothing to do there" would be the wrong answer.
  if (!contactPoints && !config.given.DATABASE_URL && existsSync(join(config.dataDir, "cassandra")))
    fail(`The messages of ${config.dataDir} are in Cassandra: set CASSANDRA_CONTACT_POINTS to where it runs.`)
  const url = databaseUrl(config)
  const macKey = deriveKey(secretOf(config), "body-mac")
  const db = openDatabase({ url, max: 2 })
  const { channels } = schema
  const headHint = async (channelId: string) => {
    const [row] = await db.select({ lastSeq: channels.lastSeq }).from(channels).where(eq(channels.id, channelId))
    return row?.lastSeq ?? 0
  }
  // People come first: one statement at a time.
  const store = contactPoints
    ? openCassandraStore({
        contactPoints,
        keyspace: given.CASSANDRA_KEYSPACE,
        localDc: given.CASSANDRA_LOCAL_DC,
        macKey,
        bodyKeys,
        headHint,
        limitMs: 10_000,
      })
    : openPostgresStore({ url, max: 1, macKey, bodyKeys, limitMs: 10_000 })
  try {
    const show = process.stdout.isTTY ? (text: string) => process.stdout.write(`\r  ${text}`) : () => {}
    const done = await rotateBodies(
      { db, store },
      { signal: leaving.signal, onProgress: (now) => show(`${now.channels} channels, ${now.rewritten} texts`) },
    )
    const bodies = openBodies(bodyKeys)
    const drafts = await rotateDrafts({ db, bodies }, { signal: leaving.signal })
    const scheduled = await rotateScheduled({ db, bodies }, { signal: leaving.signal })
    show("")
    if (drafts > 0) console.log(`  ${drafts} drafts were put under key ${bodyKeys?.[0]?.id}.`)
    if (scheduled > 0) console.log(`  ${scheduled} scheduled messages were put under key ${bodyKeys?.[0]?.id}.`)
    console.log(`  ${done.rewritten} texts in ${done.channels} channels were put under key ${bodyKeys?.[0]?.id}.`)
  } finally {
    await store.close()
    await db.$client.end()
  }
}

try {
  if (command === "new") {
    const number = Number(args[0] ?? 1)
    if (!Number.isInteger(number) || number < 1 || number > 65_535) fail("A key's number is 1 to 65535.")
    console.log(newBodyKey(number))
  } else if (command === "rotate") await rotate(readConfig(args, process.env))
  else fail("npm run keys:new [-- NUMBER], or npm run keys:rotate [-- --data FOLDER]")
} catch (error) {
  if (leaving.signal.aborted) console.error("\n  Stopped. What is done is done; run it again for the rest.\n")
  else console.error(`\n  ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
