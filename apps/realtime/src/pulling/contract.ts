import type { Snowflake } from "@hearth/core"
import {
  makeGuild,
  makeUser,
  refusal,
  kick,
  type TestClient,
  type TestDatabase,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { Gateway } from "../gateway.ts"
import type { TestNetwork } from "../test-network.ts"

/** Three people are more than two. Heads are not advertised, so that nothing but asking brings anything. */
export const pullingOptions = { sizes: { pullAbove: 2 }, timings: { heads: 3_600_000 } }

const readsOf = async (nodes: readonly Gateway[]): Promise<number> => {
  let reads = 0
  for (const { url } of nodes) {
    const text = await (await fetch(`${url}/metrics`)).text()
    reads += Number(/^hearth_resume_reads_total (\d+)$/m.exec(text)?.[1] ?? Number.NaN)
  }
  return reads
}

/** What this client was told last: every how many ms to ask, null when it is pushed. */
const toldLast = (client: TestClient, channelId: Snowflake): number | null | undefined =>
  client.heard
    .flatMap((h) => (h.event === "channel:pull" && h.payload.channelId === channelId ? [h.payload] : []))
    .at(-1)?.everyMs
const pushedTo = (client: TestClient): string[] =>
  client.heard
    .flatMap((h) => (h.event === "channel:changed" ? h.payload : []))
    .flatMap((p) => p.items.map((m) => m.content))

/** Channels that more look at than pushing serves, on one node and on several. */
export const describePulling = (
  name: string,
  open: (database: TestDatabase) => Promise<TestNetwork & { last: number }>,
) => {
  describe(`pulling, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork & { last: number }
    let people: TestUser[]
    let guildId: Snowflake
    let general: Snowflake

    beforeAll(async () => {
      database = await testDatabase()
    })
    afterAll(async () => {
      await database?.[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      const { db } = database
      people = await Promise.all(["alice", "bob", "carol", "dave"].map((who) => makeUser(db, who)))
      const [owner, ...others] = people as [TestUser, ...TestUser[]]
      const guild = await makeGuild(db, owner, others)
      guildId = guild.id
      general = guild.channels["general"] ?? ""
      net = await open(database)
    })
    afterEach(async () => {
      await net?.[Symbol.asyncDispose]()
    })

    const connect = async (who: number, node: number): Promise<TestClient> =>
      net.connect(people[who] as TestUser, { node })
    /** Asks until that is there: to another node a message takes its way. */
    const pulls = (client: TestClient, content: string) =>
      waitUntil(`${content} to be pulled`, async () => {
        await client.open(general)
        return client.view(general).messages.some((m) => m.content === content)
      })
    const isPulled = (...clients: TestClient[]) =>
      waitUntil("all to be told to ask", () => clients.every((c) => toldLast(c, general) === 2_000))

    test("above the limit nothing is pushed and who asks gets it, below it is pushed again [4.10]", async () => {
      const a = await connect(0, 0)
      const b = await connect(1, net.last)
      const c = await connect(2, net.last)
      for (const client of [a, b, c]) await client.open(general)
      await isPulled(a, b, c)
      await a.send(general, "to be asked for")
      await pulls(b, "to be asked for")
      await a.command("message:edit", { channelId: general, seq: 1, version: 1, content: "changed since" })
      await pulls(b, "changed since")

      // One is left: two would be near the limit still.
      await a.command("channel:close", { channelId: general })
      await c.command("channel:close", { channelId: general })
      await waitUntil("it to be pushed again", () => toldLast(b, general) === null)
      await a.send(general, "pushed")
      await b.hears("channel:changed")
      expect(pushedTo(b)).toEqual(["pushed"])
      expect(pushedTo(c)).toEqual([])
    })

    test("who asks costs the store nothing", async () => {
      const clients = await Promise.all([connect(0, 0), connect(1, net.last), connect(2, net.last)])
      const [a, b] = clients as [TestClient, TestClient, TestClient]
      for (const client of clients) await client.open(general)
      await isPulled(...clients)
      const before = await readsOf(net.nodes)
      for (let i = 0; i < 10; i++) {
        await a.send(general, `message ${i}`)
        await pulls(b, `message ${i}`)
      }
      expect((await readsOf(net.nodes)) - before).toBe(0)
      expect(b.view(general).messages.map((m) => m.content)).toEqual(
        Array.from({ length: 10 }, (_, i) => `message ${i}`),
      )
    })

    test("who comes later is told at once, and reads the store first", async () => {
      const clients = await Promise.all([connect(0, 0), connect(1, net.last), connect(2, net.last)])
      for (const client of clients) await client.open(general)
      await isPulled(...clients)
      await clients[0]?.send(general, "before")
      const before = await readsOf(net.nodes)
      const d = await connect(3, net.last)
      const view = await d.open(general)
      expect(view.messages.map((m) => m.content)).toEqual(["before"])
      expect(toldLast(d, general)).toBe(2_000)
      expect((await readsOf(net.nodes)) - before).toBe(1)
    })

    test("who may not view it any more is not answered, and who does not look hears of it by digests", async () => {
      const clients = await Promise.all([
        connect(0, 0),
        connect(1, net.last),
        connect(2, net.last),
        connect(3, net.last),
      ])
      const [a, b, c, d] = clients as [TestClient, TestClient, TestClient, TestClient]
      for (const client of clients) await client.open(general)
      await isPulled(...clients)
      const { seq } = await a.send(general, "told by digest")
      await b.hears("channel:activity", ({ heads }) => heads[general] === seq)
      await kick(database.db, guildId, people[3]?.id ?? "")
      await d.hears("guild:removed")
      expect((await refusal(d.open(general))).code).toBe("UNKNOWN_CHANNEL")
      expect(d.view(general).messages).toEqual([])
      await pulls(c, "told by digest")
    })
  })
}
