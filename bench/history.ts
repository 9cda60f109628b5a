import { randomInt } from "node:crypto"
import { BUCKET_SIZE, bucketOf, newSnowflake } from "@hearth/core"
import { deriveKey, openDatabase, schema } from "@hearth/db"
import { type MessageStore, openCassandraStore, openPostgresStore } from "@hearth/db/message-store"
import { sql } from "drizzle-orm"
import cassandra from "cassandra-driver"
import { type Deployment, KEYSPACE } from "./deployment.ts"
import { now, type Quantiles, Samples } from "./measure.ts"
import type { Report } from "./report.ts"

const PAGE = 50
const BODY = "A line of a conversation that went on for a while, as most of them do. ".repeat(2)

/** A floor to stand beside: the same rows by the plainest query that the store's own driver can make. */
interface Filled extends AsyncDisposable {
  store: MessageStore
  channelId: string
  floor: (before: number) => Promise<number>
}

const fillPostgres = async (url: string, count: number): Promise<Filled> => {
  const db = openDatabase({ url, statementTimeoutMs: 600_000 })
  const channelId = newSnowflake()
  await db.insert(schema.channelHeads).values({ channelId, head: count, ver: count, lastId: String(count) })
  await db.execute(sql`
    insert into messages (channel_id, seq, id, mver, author_id, nonce, body)
    select ${channelId}::bigint, n, n, n, 1, 'bench-nonce-' || lpad(n::text, 10, '0'), ${Buffer.from(BODY)}::bytea
    from generate_series(1, ${count}) n`)
  await db.execute(sql`analyze messages`)
  const store = openPostgresStore({ url, macKey: deriveKey("a key that is never used here, only needed", "mac") })
  const text = `select seq, id, mver, version, author_id, nonce, body, created_at, edited_at, deleted, reply_to, reactions
    from messages where channel_id = $1 and seq < $2 order by seq desc limit ${PAGE}`
  return {
    store,
    channelId,
    floor: async (before) => (await db.$client.query({ name: "floor", text, values: [channelId, before] })).rows.length,
    [Symbol.asyncDispose]: async () => {
      await store.close()
      await db.$client.end()
    },
  }
}

/** Plain writes, which the product never makes to this table: nobody else touches this channel meanwhile. */
const fillCassandra = async (address: { contactPoints: string[]; localDc: string }, count: number): Promise<Filled> => {
  const client = new cassandra.Client({
    contactPoints: address.contactPoints,
    localDataCenter: address.localDc,
    keyspace: KEYSPACE,
    encoding: { useBigIntAsLong: true },
    queryOptions: { consistency: cassandra.types.consistencies.localQuorum, prepare: true },
  })
  await client.connect()
  const channelId = newSnowflake()
  const id = BigInt(channelId)
  const insert = `insert into channel_log (channel_id, bucket, kind, seq, key, mver, version, id, author_id, nonce, body, created_at, deleted)
    values (?, ?, 0, ?, '', ?, 1, ?, 1, ?, ?, ?, false)`
  const statics = "insert into channel_log (channel_id, bucket, ver, head, last_id) values (?, ?, ?, ?, ?)"
  const body = Buffer.from(BODY)
  const at = new Date()
  const PART = 100
  let next = 1
  const lane = async () => {
    while (next <= count) {
      const from = next
      next += PART
      const to = Math.min(from + PART - 1, count)
      const bucket = bucketOf(from)
      const rows = Array.from({ length: to - from + 1 }, (_, i) => BigInt(from + i))
      await client.batch(
        rows.map((seq) => ({
          query: insert,
          params: [id, bucket, seq, seq, seq, `bench-nonce-${String(seq).padStart(10, "0")}`, body, at],
        })),
        { logged: false, prepare: true },
      )
      if (to % BUCKET_SIZE === 0 || to === count)
        await client.execute(statics, [id, bucket, BigInt(to), BigInt(to), BigInt(to)])
    }
  }
  await Promise.all(Array.from({ length: 16 }, lane))
  const store = openCassandraStore({
    ...address,
    keyspace: KEYSPACE,
    macKey: deriveKey("a key that is never used here, only needed", "mac"),
    headHint: async () => count,
  })
  const page = `select * from channel_log where channel_id = ? and bucket = ? and kind = 0 and seq < ? limit ${PAGE}`
  return {
    store,
    channelId,
    floor: async (before) =>
      (await client.execute(page, [id, bucketOf(before), BigInt(before)], { prepare: true })).rowLength,
    [Symbol.asyncDispose]: async () => {
      await store.close()
      await client.shutdown()
    },
  }
}

const timed = async (count: number, length: number, read: (before: number) => Promise<number>): Promise<Quantiles> => {
  const samples = new Samples()
  // Anywhere but the first page, and never across a bucket's start, so that both sides read the same rows.
  const anywhere = () => {
    for (;;) {
      const before = randomInt(PAGE + 1, length)
      if ((before - 1) % BUCKET_SIZE >= PAGE) return before
    }
  }
  for (let i = 0; i < count; i++) {
    const before = anywhere()
    const at = now()
    const got = await read(before)
    if (got !== PAGE) throw new Error(`a page before ${before} of ${length} had ${got} messages`)
    samples.add(now() - at)
  }
  return samples.quantiles()
}

/** Pages of 50 from anywhere in a long channel, through the product's store and by the bare query. */
export const measureHistory = async (
  mode: "embedded" | "cluster",
  deployment: Deployment,
  length: number,
  pages: number,
  report: Report,
): Promise<void> => {
  const { databaseUrl, cassandra: address } = deployment
  report.say(`${mode}: writing a history of ${length} messages`)
  await using filled =
    mode === "cluster" && address ? await fillCassandra(address, length) : await fillPostgres(databaseUrl ?? "", length)
  const { store, channelId, floor } = filled
  const page = async (before: number) => (await store.page(channelId, { before }, PAGE)).messages.length
  await timed(Math.ceil(pages / 10), length, floor)
  await timed(Math.ceil(pages / 10), length, page)
  const bare = await timed(pages, length, floor)
  const ours = await timed(pages, length, page)
  for (const q of ["p50", "p95", "p99"] as const)
    report.add(
      mode,
      `history page of ${PAGE} in ${length.toLocaleString("en-US")}, ${store.kind}, ${q}`,
      ours[q],
      "ms",
      bare[q],
    )
}
