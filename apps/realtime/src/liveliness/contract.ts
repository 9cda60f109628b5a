import { events, type EventPayload, type Snowflake } from "@hearth/core"
import {
  joinGuild,
  kick,
  makeAdminRole,
  makeChannel,
  makeGuild,
  makeUser,
  setRoles,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "../test-network.ts"

type Viewers = EventPayload<"channel:viewers">

/** What this client was told last of who has the channel open. */
export const viewersOf = (client: TestClient, channelId: Snowflake): Viewers | undefined =>
  client.heard
    .flatMap((h) => (h.event === "channel:viewers" && h.payload.channelId === channelId ? [h.payload] : []))
    .at(-1)
export const seesHere = (client: TestClient, channelId: Snowflake, users: readonly { id: Snowflake }[]) =>
  waitUntil(
    `${users.length} to be here, not ${JSON.stringify(viewersOf(client, channelId))}`,
    () => {
      const viewers = viewersOf(client, channelId)
      return (
        viewers?.count === users.length &&
        [...viewers.userIds].sort().join() ===
          users
            .map((u) => u.id)
            .sort()
            .join()
      )
    },
    20_000,
  )

/** Where people are, on one node and on several: who wrote lately, and who has a channel open. */
export const describeLiveliness = (
  name: string,
  open: (database: TestDatabase) => Promise<TestNetwork & { last: number }>,
) => {
  describe(`liveliness, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork & { last: number }
    let alice: TestUser
    let bob: TestUser
    let carol: TestUser
    let mallory: TestUser
    let guild: TestGuild
    let general: Snowflake
    beforeAll(async () => {
      database = await testDatabase()
      net = await open(database)
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })
    const clients: TestClient[] = []
    beforeEach(async () => {
      const { db } = database
      ;[alice, bob, carol, mallory] = [
        await makeUser(db, "alice"),
        await makeUser(db, "bob"),
        await makeUser(db, "carol"),
        await makeUser(db, "mallory"),
      ]
      guild = await makeGuild(db, alice, [bob, carol], ["general", "other"])
      general = guild.channels["general"] ?? ""
    })
    afterEach(() => {
      for (const client of clients.splice(0)) client.close()
    })
    const connect = async (user: TestUser, node: number) => {
      const client = await net.connect(user, { node })
      clients.push(client)
      return client
    }
    const writersIn = (client: TestClient, channelId: Snowflake) =>
      client.heard.flatMap((h) =>
        h.event === "channel:activity" && h.payload.writers?.[channelId] ? [h.payload.writers[channelId]] : [],
      )
    const hearsOf = (client: TestClient, channelId: Snowflake, users: TestUser[]) =>
      waitUntil(`${users.length} to have written`, () =>
        writersIn(client, channelId).some(
          (w) => w.count === users.length && w.latest.map((l) => l.userId).join() === users.map((u) => u.id).join(),
        ),
      )

    test("who does not look hears how many people write and who was last, and so does who connects, on every node", async () => {
      const [a, b] = [await connect(alice, 0), await connect(bob, net.last)]
      const c = await connect(carol, net.last)
      expect(c.ready.writers).toBeUndefined()
      await a.send(general, "one")
      await a.send(general, "two")
      await hearsOf(c, general, [alice])
      await b.send(general, "three")
      await hearsOf(c, general, [bob, alice])
      await hearsOf(a, general, [bob, alice])
      for (const node of [0, net.last]) {
        const { writers } = (await connect(carol, node)).ready
        expect(writers).toEqual({ [general]: { count: 2, latest: [expect.anything(), expect.anything()] } })
        expect(writers?.[general]?.latest.map((w) => w.userId)).toEqual([bob.id, alice.id])
        for (const { agoMs } of writers?.[general]?.latest ?? []) expect(agoMs).toBeLessThan(60_000)
        events["channel:activity"].parse({ heads: {}, writers })
      }
      for (const { event, payload } of c.heard) if (event === "channel:activity") events[event].parse(payload)
    })

    test("of a private channel only who may view it hears, live and at the start", async () => {
      const { db } = database
      const secret = await makeChannel(db, guild, "secret", [alice.id])
      const [a, b] = [await connect(alice, 0), await connect(bob, net.last)]
      const elsewhere = await connect(alice, net.last)
      const m = await connect(mallory, net.last)
      await a.open(secret.id)
      await a.send(secret.id, "between us")
      await hearsOf(elsewhere, secret.id, [alice])
      await seesHere(a, secret.id, [alice])
      await a.send(general, "for all")
      await hearsOf(b, general, [alice])
      const again = await connect(bob, 0)
      expect(again.ready.writers).toEqual({ [general]: expect.anything() })
      for (const client of [b, again]) expect(JSON.stringify(client.heard)).not.toContain(secret.id)
      const own = new Set<string>(["gateway:ready", "mention:unread"])
      expect(m.heard.filter((h) => !own.has(h.event))).toEqual([])

      await setRoles(db, guild.id, bob.id, [await makeAdminRole(db, guild.id)])
      await hearsOf(b, secret.id, [alice])
      expect((await connect(bob, net.last)).ready.writers).toHaveProperty(secret.id)
    })

    test("who comes into a server sees at once where people are", async () => {
      const [a, m] = [await connect(alice, 0), await connect(mallory, net.last)]
      const c = await connect(carol, net.last)
      await a.send(general, "hello")
      await hearsOf(c, general, [alice])
      await joinGuild(database.db, guild.id, mallory)
      await hearsOf(m, general, [alice])
    })

    test("who was removed hears no more, and is not named to who connects later", async () => {
      const [a, b, c] = [await connect(alice, 0), await connect(bob, net.last), await connect(carol, net.last)]
      await b.send(general, "I was here")
      await hearsOf(c, general, [bob])
      await a.send(general, "me too")
      await hearsOf(c, general, [alice, bob])
      await kick(database.db, guild.id, bob.id)
      await b.hears("guild:removed")
      const before = b.heard.length
      for (const node of [0, net.last])
        await waitUntil("bob to be forgotten", async () => {
          const { writers } = (await connect(carol, node)).ready
          return writers?.[general]?.count === 1 && writers[general]?.latest[0]?.userId === alice.id
        })
      await c.send(general, "who was that?")
      await hearsOf(a, general, [carol, alice])
      expect(
        writersIn(a, general)
          .at(-1)
          ?.latest.map((w) => w.userId),
      ).not.toContain(bob.id)
      expect(b.heard.slice(before).filter((h) => h.event === "channel:activity")).toEqual([])
      expect((await connect(bob, 0)).ready.writers).toBeUndefined()
    })

    test("who looks sees who else does: people, not devices, and on whichever node", async () => {
      const [a, b, c] = [await connect(alice, 0), await connect(bob, net.last), await connect(carol, 0)]
      await a.open(general)
      await seesHere(a, general, [alice])
      await b.open(general)
      for (const client of [a, b]) await seesHere(client, general, [alice, bob])
      const phone = await connect(bob, 0)
      await phone.open(general)
      await seesHere(phone, general, [alice, bob])
      await c.open(general)
      for (const client of [a, b, c, phone]) await seesHere(client, general, [alice, bob, carol])
      await c.command("channel:close", { channelId: general })
      for (const client of [a, b, phone]) await seesHere(client, general, [alice, bob])
      phone.close()
      b.close()
      await seesHere(a, general, [alice])
    })

    test("who does not look is not told who does, and nobody is shown in a channel that they may not view", async () => {
      const { db } = database
      const [a, b, c] = [await connect(alice, 0), await connect(bob, net.last), await connect(carol, net.last)]
      await a.open(general)
      await b.open(guild.channels["other"] ?? "")
      await expect(c.open("123456")).rejects.toThrow()
      await seesHere(a, general, [alice])
      await seesHere(b, guild.channels["other"] ?? "", [bob])
      expect(b.heard.filter((h) => h.event === "channel:viewers" && h.payload.channelId === general)).toEqual([])
      expect(c.heard.filter((h) => h.event === "channel:viewers")).toEqual([])

      await b.open(general)
      await seesHere(a, general, [alice, bob])
      await kick(db, guild.id, bob.id)
      await b.hears("guild:removed")
      const before = b.heard.length
      await seesHere(a, general, [alice])
      await c.open(general)
      await seesHere(a, general, [alice, carol])
      expect(b.heard.slice(before).filter((h) => h.event === "channel:viewers")).toEqual([])
    })

    test("many who come at once are told of in a few packets", async () => {
      const a = await connect(alice, 0)
      await a.open(general)
      const crowd = await Promise.all(Array.from({ length: 12 }, (_, i) => makeUser(database.db, `c${i}`)))
      for (const user of crowd) await joinGuild(database.db, guild.id, user)
      const those = await Promise.all(crowd.map((user, i) => connect(user, i % 2 ? 0 : net.last)))
      await Promise.all(those.map((client) => client.open(general)))
      await waitUntil("all to be here", () => viewersOf(a, general)?.count === 13)
      expect(viewersOf(a, general)?.userIds).toHaveLength(8)
      await waitUntil("both nodes to say the same", () =>
        those.every((client) => JSON.stringify(viewersOf(client, general)) === JSON.stringify(viewersOf(a, general))),
      )
      expect(a.heard.filter((h) => h.event === "channel:viewers").length).toBeLessThan(10)
    })
  })
}
