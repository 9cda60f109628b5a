import { makeGuild, makeUser, type TestRedis, testDatabase, testRedis, waitUntil } from "@hearth/testing"
import { afterAll, beforeAll, test } from "vitest"
import { testNetwork } from "../test-network.ts"
import { describeLiveliness } from "./contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

describeLiveliness("two nodes, on Redis", async (database) => ({
  ...(await testNetwork(database, {
    nodes: 2,
    redis,
    config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  })),
  last: 1,
}))

test("a node that comes later knows where people are", async () => {
  await using database = await testDatabase()
  const options = {
    redis: { url: redis.url, prefix: `${redis.prefix}:later` },
    config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  }
  const [alice, bob] = [await makeUser(database.db, "alice"), await makeUser(database.db, "bob")]
  const { channels } = await makeGuild(database.db, alice, [bob])
  const general = channels["general"] ?? ""
  await using first = await testNetwork(database, options)
  await (await first.connect(alice)).send(general, "hello")
  await using later = await testNetwork(database, options)
  await waitUntil("it to know", async () => {
    const { writers } = (await later.connect(bob)).ready
    return writers?.[general]?.latest[0]?.userId === alice.id
  })
})
