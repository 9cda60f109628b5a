import type { Shown, Snowflake } from "@hearth/core"
import {
  joinGuild,
  kick,
  makeGuild,
  makeUser,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { NodeConfig } from "../node.ts"
import type { TestNetwork } from "../test-network.ts"

/** Short, but longer than a slow machine takes from one line to the next. */
export const presenceTimes: NodeConfig["cluster"] = {
  bus: { probeMs: 200 },
  registration: { beatMs: 200 },
  sharedState: { ownerTtlMs: 1_000, presenceTtlMs: 2_000, forgetMs: 500 },
  viewport: {
    presence: { graceMs: 2_500, gatherMs: 10, packetMs: 50, sweepMs: 60_000 },
    members: { pushMs: 50, gatherMs: 10, patienceMs: 60_000 },
  },
}
/** Nodes that look after their registration only when something tells them to: none is lost, however slow the machine is. */
export const unhurriedTimes: NodeConfig["cluster"] = {
  ...presenceTimes,
  registration: { beatMs: 3_600_000, settleMs: 3_600_000 },
  sharedState: { ownerTtlMs: 3_600_000, presenceTtlMs: 3_600_000 },
}

/** How people are, as this client was told since its last watch. */
export const told = (client: TestClient, since = 0): Record<Snowflake, Shown> => {
  const all: Record<Snowflake, Shown> = {}
  for (const heard of client.heard.slice(since))
    if (heard.event === "presence:changed") {
      Object.assign(all, heard.payload.presences)
      for (const id of heard.payload.phones ?? []) all[id] = "phone"
    }
  return all
}
export const sees = (client: TestClient, user: { id: Snowflake }, shown: Shown) =>
  waitUntil(`${user.id} to be seen as ${shown}`, () => told(client)[user.id] === shown, 15_000)

/** Presence as people see it, on one node and on several. */
export const describePresence = (
  name: string,
  open: (database: TestDatabase) => Promise<TestNetwork & { last: number }>,
) => {
  describe(`presence, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork & { last: number }
    let alice: TestUser
    let bob: TestUser
    let stranger: TestUser
    let guild: TestGuild
    beforeAll(async () => {
      database = await testDatabase()
      const { db } = database
      ;[alice, bob, stranger] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "stranger")]
      guild = await makeGuild(db, alice, [bob])
      net = await open(database)
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })
    const connect = (user: TestUser, node: number, phone = false) => net.connect(user, { node, phone })
    const watch = async (client: TestClient, ...users: TestUser[]) =>
      (await client.command("presence:watch", { userIds: users.map((u) => u.id) })).presences

    test("[P11] coming, reporting and leaving is seen; a reload is not", async () => {
      const a = await connect(alice, 0)
      expect(await watch(a, bob, alice)).toEqual({ [bob.id]: "offline", [alice.id]: expect.any(String) })
      const b = await connect(bob, net.last)
      await sees(a, bob, "online")
      await b.command("presence:set", { presence: "idle" })
      await sees(a, bob, "idle")
      await b.command("presence:set", { presence: "dnd" })
      await sees(a, bob, "dnd")
      expect(await watch(a, bob)).toEqual({ [bob.id]: "dnd" })

      const before = a.heard.length
      b.close()
      const reloaded = await connect(bob, net.last)
      await sees(a, bob, "online")
      expect(Object.values(told(a, before))).not.toContain("offline")
      reloaded.close()
      await sees(a, bob, "offline")
      a.close()
    })

    test("the strongest of several devices counts, wherever they are connected", async () => {
      const a = await connect(alice, 0)
      await watch(a, bob)
      const [phone, desk] = [await connect(bob, 0), await connect(bob, net.last)]
      await phone.command("presence:set", { presence: "idle" })
      await sees(a, bob, "online")
      await desk.command("presence:set", { presence: "idle" })
      await sees(a, bob, "idle")
      await phone.command("presence:set", { presence: "dnd" })
      await sees(a, bob, "dnd")
      phone.close()
      await sees(a, bob, "idle")
      desk.close()
      await sees(a, bob, "offline")
      a.close()
    })

    test("who is here with phones alone is seen so, by who watched and by who comes, until they are at a desk", async () => {
      const a = await connect(alice, 0)
      await watch(a, bob)
      const phone = await connect(bob, net.last, true)
      await sees(a, bob, "phone")
      const newcomer = await connect(alice, net.last)
      const look = () => newcomer.command("presence:watch", { userIds: [bob.id] })
      expect(await look()).toEqual({ presences: { [bob.id]: "online" }, phones: [bob.id] })

      const desk = await connect(bob, 0)
      await sees(a, bob, "online")
      await waitUntil("bob to be seen at a desk", async () => (await look()).phones === undefined)
      await desk.command("presence:set", { presence: "idle" })
      await sees(a, bob, "phone")
      await phone.command("presence:set", { presence: "idle" })
      await sees(a, bob, "idle")
      await phone.command("presence:set", { presence: "online" })
      await sees(a, bob, "phone")
      await desk.command("presence:set", { presence: "online" })
      await sees(a, bob, "online")
      desk.close()
      await sees(a, bob, "phone")
      phone.close()
      await sees(a, bob, "offline")
      for (const client of [a, newcomer]) client.close()
    })

    test("a watch replaces the last one", async () => {
      const a = await connect(alice, 0)
      await watch(a, bob)
      await watch(a, alice)
      const before = a.heard.length
      const b = await connect(bob, net.last)
      // Another connection of alice's, to know when bob's coming has been told.
      const other = await connect(alice, 0)
      await watch(other, bob)
      await b.command("presence:set", { presence: "dnd" })
      await sees(other, bob, "dnd")
      await sees(other, bob, "dnd")
      expect(told(a, before)[bob.id]).toBeUndefined()
      for (const client of [a, b, other]) client.close()
    })

    test("[P5] who shares no server neither gets an answer nor hears a thing", async () => {
      const s = await connect(stranger, net.last)
      expect(await watch(s, alice, stranger)).toEqual({ [stranger.id]: expect.any(String) })
      const a = await connect(alice, 0)
      await a.command("presence:set", { presence: "dnd" })
      const b = await connect(bob, 0)
      await watch(b, alice)
      await a.command("presence:set", { presence: "idle" })
      await sees(b, alice, "idle")
      expect(told(s)[alice.id]).toBeUndefined()
      for (const client of [s, a, b]) client.close()
    })

    test("[P6] a watch ends with the server that was shared, in both directions", async () => {
      const mallory = await makeUser(database.db, "mallory")
      await joinGuild(database.db, guild.id, mallory)
      const m = await connect(mallory, net.last)
      const a = await connect(alice, 0)
      expect(await watch(m, alice)).toEqual({ [alice.id]: "online" })
      expect(await watch(a, mallory, bob)).toMatchObject({ [mallory.id]: "online" })
      await kick(database.db, guild.id, mallory.id)
      await m.hears("guild:removed")
      await waitUntil("the watch to be refused", async () => !(mallory.id in (await watch(a, mallory, bob))))

      const [heardByM, heardByA] = [m.heard.length, a.heard.length]
      await a.command("presence:set", { presence: "dnd" })
      await m.command("presence:set", { presence: "dnd" })
      const b = await connect(bob, 0)
      await watch(b, alice)
      await a.command("presence:set", { presence: "idle" })
      await sees(b, alice, "idle")
      await b.command("presence:set", { presence: "idle" })
      await sees(a, bob, "idle")
      expect(told(m, heardByM)).toEqual({})
      expect(told(a, heardByA)[mallory.id]).toBeUndefined()
      for (const client of [m, a, b]) client.close()
    })

    test("changes come as one packet an interval, with the last word", async () => {
      const a = await connect(alice, 0)
      const b = await connect(bob, net.last)
      await watch(a, bob)
      const before = a.heard.length
      await Promise.all(
        Array.from({ length: 50 }, (_, i) => b.command("presence:set", { presence: i % 2 ? "dnd" : "idle" })),
      )
      await sees(a, bob, "dnd")
      const packets = a.heard.slice(before).filter((h) => h.event === "presence:changed")
      expect(packets.length).toBeLessThan(40)
      for (const client of [a, b]) client.close()
    })
  })
}
