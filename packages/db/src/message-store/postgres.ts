import type { Snowflake } from "@hearth/core"
import { batched } from "../access/batched.ts"
import { openPool } from "../pool.ts"
import { openBodies } from "./bodies.ts"
import { Breaker } from "./breaker.ts"
import type { MessageStore, MessageStoreOptions } from "./port.ts"
import { appendTo, appendToMany } from "./postgres/append.ts"
import { createAppends } from "./postgres/appends.ts"
import { changeIn } from "./postgres/change.ts"
import { isLockTimeout, isOutage } from "./postgres/outage.ts"
import { readReactedBy } from "./postgres/reactions.ts"
import { readDetails, readHeads, readHolds, readMessage, readPage, readSince, readVersions } from "./postgres/read.ts"
import { resealIn } from "./postgres/reseal.ts"
import { type Context, type Run, unknownChannel } from "./postgres/run.ts"

export interface PostgresStoreOptions extends MessageStoreOptions {
  /** The store has connections of its own: a slow report elsewhere must not hold up a message. */
  url: string
  /** Connections of this process. */
  max?: number
  /** After which a call answers UNAVAILABLE, in ms. */
  limitMs?: number
  /** A broken idle connection is no reason to die: the pool makes a new one. */
  onError?: (error: Error) => void
}

/** Messages in PostgreSQL: one scope a channel, whose head row's lock makes the order. Never opens a transaction over two round trips. */
export const openPostgresStore = ({
  url,
  max = 10,
  limitMs = 1000,
  onError = () => {},
  macKey,
  bodyKeys,
  clock = Date.now,
}: PostgresStoreOptions): MessageStore => {
  const pool = openPool(
    {
      connectionString: url,
      max,
      connectionTimeoutMillis: limitMs,
      query_timeout: limitMs,
      statement_timeout: 2 * limitMs,
      idleTimeoutMillis: 60_000,
      application_name: "hearth messages",
    },
    onError,
  )
  const breaker = new Breaker({
    sentence: "Messages are out of reach just now. Try again in a moment.",
    isOutage,
    limitMs,
  })
  const run: Run = async (name, text, values) => (await pool.query({ name, text, values })).rows
  const context: Context = { run, bodies: openBodies(bodyKeys) }
  const guard =
    <A extends unknown[], T>(work: (context: Context, ...args: A) => Promise<T>) =>
    (...args: A) =>
      breaker.run(() => work(context, ...args))

  const writing = { macKey, clock }
  const append = createAppends({
    one: (waiting) => appendTo(context, waiting, writing),
    many: (waiting) => appendToMany(context, waiting, writing),
    isOfOne: (error) => isLockTimeout(error) || !isOutage(error),
    limitMs,
  })

  /** Who comes back together, wherever they look, costs one question: that is what fails, or is under way. */
  const head = batched((channelIds: Snowflake[]) => breaker.run(() => readHeads(context, channelIds)))

  return {
    kind: "postgres",
    append: (channelId, drafts) => breaker.run(() => append(channelId, drafts)),
    change: guard((context, channelId: Snowflake, ops) => changeIn(context, channelId, ops, clock)),
    page: guard(readPage),
    since: guard(readSince),
    head: async (channelId) => (await head(channelId)) ?? Promise.reject(unknownChannel()),
    get: guard(readMessage),
    holds: guard(readHolds),
    reactedBy: guard(readReactedBy),
    versions: guard(readVersions),
    details: guard(readDetails),
    reseal: guard(resealIn),
    ping: guard(async ({ run }) => {
      await run("ping", "select 1", [])
    }),
    close: () => pool.end(),
  }
}
