import { type MemberSlice, newSnowflake } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import {
  joinGuild,
  kick,
  makeAdminRole,
  makeGuild,
  makeUser,
  refusal,
  setRoles,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "../test-network.ts"
import { held } from "./held.ts"

const namesIn = (slice: MemberSlice | undefined) => slice?.rows.map((row) => row.user.displayName)
const groupsIn = (slice: MemberSlice | undefined) => slice?.groups.map(({ key, count }) => [key, count])

/** Member lists as people see them, on one node and on several. */
export const describeMemberLists = (
  name: string,
  open: (database: TestDatabase) => Promise<TestNetwork & { last: number }>,
) => {
  describe(`member lists, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork & { last: number }
    let alice: TestUser
    let bob: TestUser
    let carol: TestUser
    let guild: TestGuild
    let n = 0
    beforeAll(async () => {
      database = await testDatabase()
      net = await open(database)
    })
    beforeEach(async () => {
      const { db } = database
      ;[alice, bob, carol] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "carol")]
      guild = await makeGuild(db, alice, [bob, carol])
      n++
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })

    /** A client that watches the first ranks, and what it holds of them now. */
    const watching = async (user: TestUser, node: number) => {
      const client = await net.connect(user, { node })
      const { slices } = await client.command("members:watch", { guildId: guild.id, ranges: [[0, 50]] })
      const since = client.heard.length
      const now = () => held(guild.id, slices, client.heard.slice(since), [[0, 50]])[0]
      const shows = (names: string[]) =>
        waitUntil(
          `the list to show ${names.join(", ")}, not ${namesIn(now())?.join(", ")}`,
          () => JSON.stringify(namesIn(now())) === JSON.stringify(names),
          15_000,
        )
      return { client, now, shows }
    }
    const fresh = async (client: TestClient) =>
      (await client.command("members:watch", { guildId: guild.id, ranges: [[0, 50]] })).slices[0]

    test("who is here comes before who is not, and moves when they come and go", async () => {
      const a = await watching(alice, 0)
      await a.shows(["alice", "bob", "carol"])
      await waitUntil("two offline", () => JSON.stringify(groupsIn(a.now())) === '[["online",1],["offline",2]]')
      const c = await net.connect(carol, { node: net.last })
      await a.shows(["alice", "carol", "bob"])
      expect(groupsIn(a.now())).toEqual([
        ["online", 2],
        ["offline", 1],
      ])
      c.close()
      await a.shows(["alice", "bob", "carol"])
      a.client.close()
    })

    test("joins, leaves and roles are pushed", async () => {
      const { db } = database
      const a = await watching(alice, 0)
      const b = await watching(bob, net.last)
      await b.shows(["alice", "bob", "carol"])
      const dave = await makeUser(db, "Dave")
      await joinGuild(db, guild.id, dave)
      for (const list of [a, b]) await list.shows(["alice", "bob", "carol", "Dave"])
      const admin = await makeAdminRole(db, guild.id)
      await db.update(schema.roles).set({ hoisted: true }).where(eq(schema.roles.id, admin))
      await setRoles(db, guild.id, bob.id, [admin])
      for (const list of [a, b]) await list.shows(["bob", "alice", "carol", "Dave"])
      expect(groupsIn(a.now())).toEqual([
        [admin, 1],
        ["online", 1],
        ["offline", 2],
      ])
      expect(a.now()?.rows[0]).toMatchObject({ user: { id: bob.id }, roleIds: [admin] })
      await kick(db, guild.id, carol.id)
      for (const list of [a, b]) await list.shows(["bob", "alice", "Dave"])
      expect(a.now()?.total).toBe(3)
      expect(await fresh(a.client)).toEqual(a.now())
      a.client.close()
      b.client.close()
    })

    test("who has a portrait shows it, and nobody else says a word of one", async () => {
      await database.db.update(schema.users).set({ portrait: "bob-1" }).where(eq(schema.users.id, bob.id))
      const a = await watching(alice, net.last)
      await a.shows(["alice", "bob", "carol"])
      expect(a.now()?.rows.map((row) => row.user)).toEqual([
        { id: alice.id, displayName: "alice" },
        { id: bob.id, displayName: "bob", portrait: "bob-1" },
        { id: carol.id, displayName: "carol" },
      ])
      a.client.close()
    })

    test("a new name moves its row", async () => {
      const { db } = database
      const a = await watching(alice, net.last)
      await transact(db, async (tx) => {
        const displayName = "Aaron"
        await tx.update(schema.users).set({ displayName }).where(eq(schema.users.id, carol.id))
        await tx.update(schema.members).set({ sortName: "aaron" }).where(eq(schema.members.userId, carol.id))
        addToOutbox(tx, `presence:${carol.id}`, "user:updated", { id: carol.id, displayName }, { userId: carol.id })
      })
      await a.shows(["alice", "Aaron", "bob"])
      a.client.close()
    })

    test("[P5] who is no member is refused as if there were no such server", async () => {
      const stranger = await makeUser(database.db, `stranger ${n}`)
      const s = await net.connect(stranger, { node: 0 })
      const ranges: [number, number][] = [[0, 10]]
      for (const guildId of [guild.id, newSnowflake()])
        expect((await refusal(s.command("members:watch", { guildId, ranges }))).code).toBe("UNKNOWN_GUILD")
      s.close()
    })

    test("[P6] who is removed hears nothing more", async () => {
      const { db } = database
      const a = await watching(alice, 0)
      const b = await watching(bob, net.last)
      await kick(db, guild.id, bob.id)
      await b.client.hears("guild:removed")
      await a.shows(["alice", "carol"])
      const dave = await makeUser(db, "Dave")
      await joinGuild(db, guild.id, dave)
      await a.shows(["alice", "carol", "Dave"])
      expect(JSON.stringify(b.client.heard)).not.toContain("Dave")
      expect((await refusal(b.client.command("members:watch", { guildId: guild.id, ranges: [[0, 1]] }))).code).toBe(
        "UNKNOWN_GUILD",
      )
      a.client.close()
      b.client.close()
    })

    test("no ranges: watches no more", async () => {
      const { db } = database
      const a = await watching(alice, 0)
      const b = await watching(bob, 0)
      expect(await a.client.command("members:watch", { guildId: guild.id, ranges: [] })).toEqual({ slices: [] })
      const before = a.client.heard.length
      await joinGuild(db, guild.id, await makeUser(db, "Dave"))
      await b.shows(["alice", "bob", "carol", "Dave"])
      expect(a.client.heard.slice(before).filter((h) => h.event === "members:changed")).toEqual([])
      a.client.close()
      b.client.close()
    })

    test("a range in the middle of a large list, after many changes, is what a fresh watch shows", async () => {
      const { db } = database
      for (let i = 0; i < 60; i++)
        await joinGuild(db, guild.id, await makeUser(db, `member ${String(i).padStart(2, "0")}`))
      const a = await net.connect(alice, { node: 0 })
      const ranges: [number, number][] = [
        [10, 20],
        [55, 100],
      ]
      const { slices } = await a.command("members:watch", { guildId: guild.id, ranges })
      expect(slices.map((slice) => slice.rows.length)).toEqual([20, 8])
      for (let i = 0; i < 20; i++) await joinGuild(db, guild.id, await makeUser(db, `another ${i}`))
      const now = () => held(guild.id, slices, a.heard, ranges)
      await waitUntil("all to have come", () => now().every((slice) => slice.total === 83))
      const other = await net.connect(alice, { node: 0 })
      const { slices: anew } = await other.command("members:watch", { guildId: guild.id, ranges })
      expect(now()).toEqual(anew)
      for (const client of [a, other]) client.close()
    })
  })
}
