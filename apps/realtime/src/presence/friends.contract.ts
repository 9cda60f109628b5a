import { newSnowflake, type Snowflake } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import {
  kick,
  makeConversation,
  makeFriends,
  makeGuild,
  makeUser,
  partFriends,
  setBlock,
  setStatus,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  takeOutOf,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { and, eq } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { seesHere, viewersOf } from "../liveliness/contract.ts"
import type { TestNetwork } from "../test-network.ts"
import { sees, told } from "./contract.ts"

/** Who is shown to friends, and who is not shown to whom they blocked, on one node and on several. */
export const describeFriends = (
  name: string,
  open: (database: TestDatabase) => Promise<TestNetwork & { last: number }>,
) => {
  describe(`friends and blocks, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork & { last: number }
    let alice: TestUser
    let bob: TestUser
    let carol: TestUser
    const clients: TestClient[] = []
    beforeAll(async () => {
      database = await testDatabase()
      net = await open(database)
    })
    beforeEach(async () => {
      const { db } = database
      ;[alice, bob, carol] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "carol")]
    })
    afterEach(() => {
      for (const client of clients.splice(0)) client.close()
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })
    const connect = async (user: TestUser, node: number) => {
      const client = await net.connect(user, { node })
      clients.push(client)
      return client
    }
    const watch = async (client: TestClient, ...users: { id: Snowflake }[]) =>
      (await client.command("presence:watch", { userIds: users.map((u) => u.id) })).presences
    /** Everything that was told before has reached these. */
    const settled = async (...those: TestClient[]): Promise<void> => {
      const marker = `marker ${newSnowflake()}`
      await transact(database.db, async (tx) => addToOutbox(tx, "everyone", "instance:updated", { name: marker }))
      await Promise.all(those.map((c) => c.hears("instance:updated", (payload) => payload.name === marker)))
    }
    const guildOf = (owner: TestUser, ...members: TestUser[]): Promise<TestGuild> =>
      makeGuild(database.db, owner, members)

    test("friends see each other without a server, and no more once they part", async () => {
      await makeFriends(database.db, alice, bob)
      const [a, b] = [await connect(alice, 0), await connect(bob, net.last)]
      expect(await watch(a, bob)).toEqual({ [bob.id]: expect.any(String) })
      expect(Object.keys(await watch(b, alice))).toEqual([alice.id])
      await b.command("presence:set", { presence: "dnd" })
      await sees(a, bob, "dnd")

      await partFriends(database.db, alice, bob)
      await Promise.all([a.hears("friend:removed"), b.hears("friend:removed")])
      await settled(a, b)
      const since = a.heard.length
      // Somebody who may goes on being told: by then alice would have been, too.
      await makeFriends(database.db, carol, bob)
      const c = await connect(carol, 0)
      await watch(c, bob)
      await b.command("presence:set", { presence: "idle" })
      await sees(c, bob, "idle")
      await b.command("presence:set", { presence: "dnd" })
      await sees(c, bob, "dnd")
      expect(told(a, since)).toEqual({})
      expect(await watch(a, bob)).toEqual({})
      expect(await watch(b, alice)).toEqual({})
    })

    test("a conversation of two shows nobody: it stays when nothing is shared any more", async () => {
      const { db } = database
      const guild = await guildOf(alice, bob, carol)
      const talk = await makeConversation(db, [alice, bob])
      const [a, b, c] = [await connect(alice, 0), await connect(bob, net.last), await connect(carol, 0)]
      await settled(a, b, c)
      expect(Object.keys(await watch(a, bob))).toEqual([bob.id])
      await watch(c, bob)
      await makeFriends(db, carol, bob)
      await kick(db, guild.id, bob.id)
      await b.hears("guild:removed")
      await settled(a, c)
      // Others go on being told: by then alice would have been, too.
      await waitUntil("carol to watch on", async () => bob.id in (await watch(c, bob)))
      const since = a.heard.length
      await b.command("presence:set", { presence: "dnd" })
      await sees(c, bob, "dnd")
      await b.command("presence:set", { presence: "idle" })
      await sees(c, bob, "idle")
      expect(told(a, since)).toEqual({})
      expect(await watch(a, bob)).toEqual({})
      const { slices } = await a.command("members:watch", { guildId: talk, ranges: [[0, 2]] })
      expect(slices[0]?.groups.map(({ key, count }) => `${key} ${count}`)).toEqual(["offline 2"])
    })

    test("so do people of one group, but not who has not let in who wrote, and it ends with it", async () => {
      const { db } = database
      const talk = await makeConversation(db, [alice, bob, carol])
      const members = schema.conversationMembers
      const carols = and(eq(members.conversationId, talk), eq(members.userId, carol.id))
      await db.update(members).set({ request: "pending" }).where(carols)
      const [a, b] = [await connect(alice, 0), await connect(bob, net.last)]
      await connect(carol, net.last)
      await settled(a, b)
      expect(Object.keys(await watch(a, bob, carol))).toEqual([bob.id])
      await takeOutOf(db, talk, bob.id)
      await b.hears("guild:removed")
      await settled(a)
      expect(await watch(a, bob)).toEqual({})
    })

    test("[P5] to whom one blocked one is not here, in the answer and in all that follows", async () => {
      await guildOf(alice, bob, carol)
      await setBlock(database.db, alice, bob, true)
      const [a, b, c] = [await connect(alice, 0), await connect(bob, net.last), await connect(carol, net.last)]
      await settled(a, b, c)
      await watch(c, alice, bob)
      await a.command("presence:set", { presence: "idle" })
      await sees(c, alice, "idle")
      // As somebody who is not here, and not as somebody who is not known.
      expect(await watch(b, alice)).toEqual({ [alice.id]: "offline" })
      await a.command("presence:set", { presence: "dnd" })
      await sees(c, alice, "dnd")
      await a.command("presence:set", { presence: "idle" })
      await sees(c, alice, "idle")
      expect(told(b)).toEqual({})
      // The other way round nothing is hidden.
      expect(await watch(a, bob)).toEqual({ [bob.id]: "online" })
    })

    test("[P5] who was blocked hears no status line of the blocker, ever", async () => {
      await guildOf(alice, bob, carol)
      const say = (text: string) => setStatus(database.db, alice, { state: "online", text })
      await say("the first")
      const [, b, c] = [await connect(alice, 0), await connect(bob, net.last), await connect(carol, net.last)]
      const texts = (client: TestClient) => JSON.stringify(client.heard)
      const hears = (text: string) => waitUntil(`carol to read ${text}`, () => texts(c).includes(text))
      await watch(c, alice)
      await setBlock(database.db, alice, bob, true)
      await settled(b, c)
      const answers = async () => {
        for (const node of [0, net.last]) {
          const other = await connect(bob, node)
          await settled(other)
          for (const client of [b, other])
            expect(await client.command("presence:watch", { userIds: [alice.id] })).toEqual({
              presences: { [alice.id]: "offline" },
            })
        }
      }
      await answers()
      for (const text of ["the second", "the third"]) {
        await say(text)
        await hears(text)
        await settled(b)
      }
      await answers()
      // Bells and lines that came before this one did nothing; this is what bob hears.
      const since = b.heard.length
      await say("the last")
      await hears("the last")
      await setBlock(database.db, alice, bob, false)
      await waitUntil("bob to read it", () => JSON.stringify(b.heard.slice(since)).includes("the last"))
      for (const text of ["the first", "the second", "the third"]) expect(texts(b)).not.toContain(text)
      const told = b.heard.flatMap((h) =>
        h.event === "presence:changed" ? [h.payload.statuses?.[alice.id]?.text] : [],
      )
      expect(told.filter((text) => text !== undefined)).toEqual(["the last"])
    })

    test("a block looks like going away, at once, and its end like coming", async () => {
      await guildOf(alice, bob)
      const [a, b] = [await connect(alice, 0), await connect(bob, net.last)]
      await watch(a, bob)
      await watch(b, alice)
      await a.command("presence:set", { presence: "dnd" })
      await sees(b, alice, "dnd")
      await setBlock(database.db, alice, bob, true)
      await sees(b, alice, "offline")
      const since = b.heard.length
      await a.command("presence:set", { presence: "idle" })
      await setBlock(database.db, alice, bob, false)
      await sees(b, alice, "idle")
      expect(Object.values(told(b, since))).toEqual(["idle"])
      expect(JSON.stringify(b.heard)).not.toContain("block")
    })

    test("[P5] the member list shows who blocked one among those who are not here, and counts them there", async () => {
      const guild = await guildOf(alice, bob, carol)
      await setBlock(database.db, alice, bob, true)
      const [, b, c] = [await connect(alice, 0), await connect(bob, net.last), await connect(carol, net.last)]
      await settled(b, c)
      const list = async (client: TestClient) => {
        const { slices } = await client.command("members:watch", { guildId: guild.id, ranges: [[0, 50]] })
        return {
          names: slices[0]?.rows.map((row) => row.user.displayName),
          groups: slices[0]?.groups.map(({ key, count }) => `${key} ${count}`),
        }
      }
      await waitUntil("all to be here", async () => (await list(c)).groups?.join() === "online 3")
      expect(await list(b)).toEqual({ names: ["bob", "carol", "alice"], groups: ["online 2", "offline 1"] })
      await setBlock(database.db, alice, bob, false)
      const whole = await b.hears("members:changed", ({ slices }) => slices[0]?.groups[0]?.count === 3)
      expect(whole.slices[0]?.rows.map((row) => row.user.displayName)).toEqual(["alice", "bob", "carol"])
      await setBlock(database.db, alice, bob, true)
      const since = b.heard.length
      await waitUntil("alice to be gone", () =>
        b.heard.slice(since).some((h) => h.event === "members:changed" && h.payload.slices[0]?.groups.length === 2),
      )
    })

    test("[P5] who looks at a channel, and who types there, is not told to whom they blocked", async () => {
      const guild = await guildOf(alice, bob, carol)
      const channelId = guild.channels.general ?? ""
      const [a, b, c] = [await connect(alice, 0), await connect(bob, net.last), await connect(carol, 0)]
      for (const client of [a, b, c]) await client.open(channelId)
      await seesHere(b, channelId, [alice, bob, carol])
      await setBlock(database.db, alice, bob, true)
      await seesHere(b, channelId, [bob, carol])
      await seesHere(c, channelId, [alice, bob, carol])
      await a.command("typing:start", { channelId })
      await c.hears("typing:started", ({ userId }) => userId === alice.id)
      await c.command("typing:start", { channelId })
      await b.hears("typing:started", ({ userId }) => userId === carol.id)
      expect(b.heard.some((h) => h.event === "typing:started" && h.payload.userId === alice.id)).toBe(false)
      // Who comes back is told no more.
      const again = await connect(bob, 0)
      await again.open(channelId)
      await seesHere(again, channelId, [bob, carol])
      await setBlock(database.db, alice, bob, false)
      await seesHere(again, channelId, [alice, bob, carol])
      expect(viewersOf(b, channelId)?.count).toBe(3)
    })
  })
}
