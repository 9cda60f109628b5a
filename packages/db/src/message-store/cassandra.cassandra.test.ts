import { bucketOf, newSnowflake } from "@hearth/core"
import { migrateCassandra } from "@hearth/db/migrate"
import { privateCassandra, provided, testKeyspace } from "@hearth/testing"
import { expect, test } from "vitest"
import { type CassandraStoreOptions, openCassandraStore } from "./cassandra.ts"
import { type CassandraAddress, connectCassandra } from "./cassandra/connect.ts"
import { judgeSettings, readSettings } from "./cassandra/settings.ts"
import { alice, appendAll, ascending, draft, drafts, insist, macKey, messageOf, readAll } from "./contract/bed.ts"
import { type Bed, describeMessageStore, outageCases } from "./contract.ts"
import type { MessageStore } from "./port.ts"

const bedOn = (address: CassandraAddress & { keyspace: string }, stop: () => PromiseLike<void>): Bed => {
  const stores: MessageStore[] = []
  return {
    open: async (options) => {
      const store = openCassandraStore({ ...address, macKey, ...options })
      stores.push(store)
      await store.ping()
      return store
    },
    newChannel: async () => newSnowflake(),
    scopeOf: bucketOf,
    close: async () => {
      await Promise.all(stores.map((store) => store.close()))
      await stop()
    },
  }
}

describeMessageStore("Cassandra", async () => {
  const keyspace = await testKeyspace()
  return bedOn(keyspace, () => keyspace[Symbol.asyncDispose]())
})

outageCases("Cassandra", async () => {
  const node = await privateCassandra()
  const address = { contactPoints: node.contactPoints, localDc: node.localDc, keyspace: "hearth" }
  await migrateCassandra(address)
  const restart = async () => {
    await node.kill()
    await node.start()
  }
  const bed = bedOn(address, () => node[Symbol.asyncDispose]())
  return { ...bed, pause: () => node.pause(), resume: () => node.resume(), restart }
})

const withStores = async (
  work: (open: (options?: Partial<CassandraStoreOptions>) => MessageStore) => Promise<void>,
): Promise<void> => {
  await using keyspace = await testKeyspace()
  const stores: MessageStore[] = []
  try {
    await work((options) => {
      const store = openCassandraStore({ ...keyspace, macKey, ...options })
      stores.push(store)
      return store
    })
  } finally {
    await Promise.all(stores.map((store) => store.close()))
  }
}

// No compare-and-set is answered in a millisecond: every one of them times out, and most of them happen all the same.
test("an unknown outcome is settled by a linearizable read, within the call", { timeout: 120_000 }, () =>
  withStores(async (open) => {
    const hasty = open({ casTimeoutMs: 1 })
    const channel = newSnowflake()
    const sent = drafts(15)
    const outcomes = []
    for (const one of sent) outcomes.push(await insist(() => hasty.append(channel, [one])))
    const log = await readAll(open(), channel)
    expect(log.map((m) => m.nonce)).toEqual(sent.map((d) => d.nonce))
    expect(outcomes.map((o) => messageOf(o.results[0]))).toEqual(log)
    // What this call stored, it also says to publish.
    for (const { results, packet } of outcomes)
      if (results[0]?.status === "stored") expect(packet?.items).toEqual([messageOf(results[0])])
    expect(outcomes.filter((o) => o.results[0]?.status === "stored").length).toBeGreaterThan(10)

    const edited = await insist(() =>
      hasty.change(channel, [{ kind: "edit", seq: 3, version: 1, content: "settled", by: alice }]),
    )
    expect(edited.results[0]).toMatchObject({ message: { content: "settled", version: 2 } })
    expect(edited.results[0]).toMatchObject({ message: await open().get(channel, 3) })
  }),
)

test("three hasty writers on one channel: dense, in order, one row a nonce", { timeout: 120_000 }, () =>
  withStores(async (open) => {
    const channel = newSnowflake()
    const plans = [0, 1, 2].map((w) => drafts(20, { authorId: String(100 + w) }))
    await Promise.all(
      plans.map(async (plan, w) => {
        const store = open({ casTimeoutMs: 1 + 2 * w })
        for (const one of plan) await insist(() => appendAll(store, channel, [one]))
      }),
    )
    const log = await readAll(open(), channel)
    expect(log.map((m) => m.seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
    expect(ascending(log.map((m) => m.id))).toBe(true)
    for (const [w, plan] of plans.entries())
      expect(log.filter((m) => m.authorId === String(100 + w)).map((m) => m.nonce)).toEqual(plan.map((d) => d.nonce))
  }),
)

test("a keyspace that is not there is UNAVAILABLE at once, and works as soon as it is there", async () => {
  await using existing = await testKeyspace()
  const keyspace = `${existing.keyspace}_late`
  const told: string[] = []
  const store = openCassandraStore({ ...existing, keyspace, macKey, onError: (e) => told.push(e.message) })
  await expect(store.append(newSnowflake(), [draft()])).rejects.toMatchObject({ code: "UNAVAILABLE" })
  expect(told.length).toBeGreaterThan(0)
  await migrateCassandra({ ...existing, keyspace })
  const { results } = await insist(() => store.append("77", [draft()]))
  expect(results[0]).toMatchObject({ status: "stored", message: { seq: 1 } })
  await store.close()
  const admin = await connectCassandra(existing, { readTimeoutMs: 30_000 })
  await admin.execute(`DROP KEYSPACE ${keyspace}`)
  await admin.shutdown()
})

test("two migrators at once come to the same end, and a second run finds nothing to do", {
  timeout: 60_000,
}, async () => {
  await using existing = await testKeyspace()
  await Promise.all([migrateCassandra(existing), migrateCassandra(existing)])
  const admin = await connectCassandra(existing, { keyspace: existing.keyspace })
  const versions = await admin.execute("SELECT version FROM schema_versions")
  expect(versions.rows.map((row) => row.get("version"))).toEqual([1])
  await expect(migrateCassandra({ ...existing, keyspace: "no; drop" })).rejects.toThrow("CASSANDRA_KEYSPACE")
  await admin.shutdown()
})

test("a data centre that is not there is said at once, not after waiting for it", async () => {
  const { contactPoints } = provided("cassandra")
  const elsewhere = migrateCassandra({ contactPoints, localDc: "elsewhere", keyspace: "nowhere", waitMs: 600_000 })
  await expect(elsewhere).rejects.toThrow(/localDataCenter.*elsewhere/)
})

test("a node's settings are read, and those it is tested with raise no doubt", async () => {
  await using keyspace = await testKeyspace()
  const client = await connectCassandra(keyspace)
  try {
    const settings = await readSettings(client)
    expect([...settings.values()]).toEqual([{ commitlog_sync: "batch", paxos_variant: "v2" }])
    expect(judgeSettings(settings)).toEqual([])
  } finally {
    await client.shutdown()
  }
})
