import type { Snowflake } from "@hearth/core"
import { schema, type Database } from "@hearth/db"
import {
  makeGuild,
  makeUser,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { NodeConfig } from "../node.ts"
import { packetsOf } from "../packets.contract.ts"
import type { TestNetwork } from "../test-network.ts"
import { sees, unhurriedTimes } from "./contract.ts"

type Network = TestNetwork & { last: number }

/** People whom nobody made a session for, in a server: they make it large. */
const fill = async (db: Database, { id }: TestGuild, count: number): Promise<void> => {
  await db.execute(sql`insert into ${schema.users} (id, email, display_name, password_hash)
    select 1000000 + n, 'many-' || n || '@example.org', 'Many ' || n, 'none' from generate_series(1, ${count}::int) n`)
  await db.execute(sql`insert into ${schema.members} (guild_id, user_id, sort_name)
    select ${id}::bigint, 1000000 + n, 'many ' || n from generate_series(1, ${count}::int) n`)
}

const heardOf = (client: TestClient, since: number) =>
  client.heard.slice(since).flatMap((h) => (h.event === "presence:changed" ? [h.payload.presences] : []))

const MEMBERS = 3_000

/** What a change of presence costs, in packets: on one node and on several. */
export const describePresenceCost = (
  name: string,
  open: (database: TestDatabase, cluster: NodeConfig["cluster"]) => Promise<Network>,
) => {
  describe(`the cost of presence, ${name}`, () => {
    let database: TestDatabase
    let guild: TestGuild
    let alice: TestUser
    let bob: TestUser
    let carol: TestUser
    let crowd: TestUser[]
    beforeAll(async () => {
      database = await testDatabase()
      const { db } = database
      alice = await makeUser(db, "alice")
      bob = await makeUser(db, "bob")
      carol = await makeUser(db, "carol")
      crowd = []
      for (let i = 0; i < 9; i++) crowd.push(await makeUser(db, `one-of-many-${i}`))
      guild = await makeGuild(db, alice, [bob, carol, ...crowd])
      await fill(db, guild, MEMBERS)
    })
    afterAll(async () => {
      await database?.[Symbol.asyncDispose]()
    })

    const comeOn = (net: Network, users: readonly TestUser[]) =>
      Promise.all(users.map((user, i) => net.connect(user, { node: i % net.nodes.length })))
    /** From then on whoever looks sees them, on every node. */
    const areOnline = async (net: Network, users: readonly TestUser[]) => {
      const userIds = users.map(({ id }) => id)
      for (const node of net.nodes.keys()) {
        using prober = await net.connect(carol, { node })
        await waitUntil("those who are watched to be online", async () => {
          const { presences } = await prober.command("presence:watch", { userIds })
          return userIds.every((id) => presences[id] === "online")
        })
      }
    }
    const watch = async (client: TestClient, users: readonly { id: Snowflake }[]) => {
      const userIds = users.map(({ id }) => id)
      const { presences } = await client.command("presence:watch", { userIds })
      expect(presences).toEqual(Object.fromEntries(userIds.map((id) => [id, "online"])))
    }

    test("[P9] a change in a large server costs a packet for each who watches, and none for anybody else", async () => {
      await using net = await open(database, unhurriedTimes)
      const a = await net.connect(alice, { node: net.last })
      const b = await net.connect(bob, { node: 0 })
      const watchers = await comeOn(net, crowd.slice(0, 6))
      const others = await comeOn(net, crowd.slice(6))
      await areOnline(net, [alice, bob])
      for (const client of watchers) await watch(client, [alice])
      for (const client of others) await watch(client, [bob])

      const before = { presence: await packetsOf(net, "presence"), members: await packetsOf(net, "members") }
      const since = new Map([a, b, ...watchers, ...others].map((client) => [client, client.heard.length]))
      for (const presence of ["dnd", "idle"] as const) {
        await a.command("presence:set", { presence })
        for (const client of watchers) await sees(client, alice, presence)
      }
      // Whoever was to hear of alice has by the time at which they hear of bob.
      await b.command("presence:set", { presence: "dnd" })
      for (const client of others) await sees(client, bob, "dnd")

      const heard = (client: TestClient) => heardOf(client, since.get(client) ?? 0)
      for (const client of watchers) expect(heard(client)).toEqual([{ [alice.id]: "dnd" }, { [alice.id]: "idle" }])
      for (const client of others) expect(heard(client)).toEqual([{ [bob.id]: "dnd" }])
      for (const client of [a, b]) expect(heard(client)).toEqual([])
      expect((await packetsOf(net, "presence")) - before.presence).toBe(2 * watchers.length + others.length)
      expect((await packetsOf(net, "members")) - before.members).toBe(0)
    })

    test("[P9] however many change, a connection gets one packet in a while", async () => {
      // As long as no test lasts: what is not sent at once is not sent here.
      const { presence } = unhurriedTimes?.viewport ?? {}
      const viewport = { ...unhurriedTimes?.viewport, presence: { ...presence, packetMs: 3_600_000 } }
      await using net = await open(database, { ...unhurriedTimes, viewport })
      const [first, ...rest] = crowd.slice(0, 4)
      const last = crowd[4]
      if (!first || !last) throw new Error("nobody came")
      // All on one node, so that what they do is told in the order in which they do it.
      const there = new Map<TestUser, TestClient>()
      for (const user of [first, ...rest, last]) there.set(user, await net.connect(user, { node: net.last }))
      const become = (user: TestUser) => there.get(user)?.command("presence:set", { presence: "dnd" })
      const watchers = await comeOn(net, crowd.slice(5))
      await areOnline(net, [first, ...rest, last])
      for (const client of watchers) await watch(client, [first, ...rest, last])
      // On each node one who has heard nothing yet when the last one changes.
      const lookouts = await comeOn(
        net,
        net.nodes.map(() => bob),
      )
      for (const client of lookouts) await watch(client, [last])
      const reader = await net.connect(carol, { node: 0 })

      const before = await packetsOf(net, "presence")
      const since = new Map(watchers.map((client) => [client, client.heard.length]))
      await become(first)
      for (const client of watchers) await sees(client, first, "dnd")
      for (const user of rest) await become(user)
      await waitUntil("all of them to have changed", async () => {
        const { presences } = await reader.command("presence:watch", { userIds: rest.map(({ id }) => id) })
        return rest.every(({ id }) => presences[id] === "dnd")
      })
      // What the reader was told meanwhile has come by the time of this answer.
      await reader.command("presence:watch", { userIds: [] })
      await become(last)
      for (const client of lookouts) await sees(client, last, "dnd")

      for (const client of watchers) expect(heardOf(client, since.get(client) ?? 0)).toEqual([{ [first.id]: "dnd" }])
      const read = heardOf(reader, 0).length
      expect((await packetsOf(net, "presence")) - before).toBe(watchers.length + lookouts.length + read)
    })
  })
}
