import type { Snowflake, StatusLine } from "@hearth/core"
import {
  joinGuild,
  makeGuild,
  makeUser,
  setStatus,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { seesHere, viewersOf } from "../liveliness/contract.ts"
import type { TestNetwork } from "../test-network.ts"
import { presenceTimes, sees, told } from "./contract.ts"

/** What this client was told of somebody's line, since its last watch; undefined: nothing. */
const lineOf = (client: TestClient, user: { id: Snowflake }): StatusLine | null | undefined =>
  client.heard
    .flatMap((h) => (h.event === "presence:changed" && h.payload.statuses ? [h.payload.statuses[user.id]] : []))
    .filter((line) => line !== undefined)
    .at(-1)
const reads = (client: TestClient, user: { id: Snowflake }, text: string | null) =>
  waitUntil(
    `${user.id} to say ${text}`,
    () => (lineOf(client, user) === null ? null : lineOf(client, user)?.text) === text,
  )

/** What people chose of how they are seen, on one node and on several. */
export const describeStatus = (
  name: string,
  open: (database: TestDatabase) => Promise<TestNetwork & { last: number }>,
) => {
  describe(`status, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork & { last: number }
    let alice: TestUser
    let bob: TestUser
    let carol: TestUser
    let guild: TestGuild
    let general: Snowflake
    const clients: TestClient[] = []
    beforeAll(async () => {
      database = await testDatabase()
      net = await open(database)
    })
    beforeEach(async () => {
      const { db } = database
      ;[alice, bob, carol] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "carol")]
      guild = await makeGuild(db, alice, [bob, carol])
      general = guild.channels["general"] ?? ""
    })
    afterEach(() => {
      for (const client of clients.splice(0)) client.close()
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })
    const connect = async (user: TestUser, node: number, idle = false, phone = false) => {
      const client = await net.connect(user, { node, idle, phone })
      clients.push(client)
      return client
    }
    const watch = (client: TestClient, ...users: TestUser[]) =>
      client.command("presence:watch", { userIds: users.map((u) => u.id) })
    /** Whatever `node` had to tell of presence before, `client` has heard when this resolves: bells of a node ring in order. */
    const settled = async (client: TestClient, node: number) => {
      const marker = await makeUser(database.db, "marker")
      await joinGuild(database.db, guild.id, marker)
      await waitUntil("the marker to be watched", async () => marker.id in (await watch(client, bob, marker)).presences)
      await connect(marker, node)
      await sees(client, marker, "online")
    }

    test("what is chosen holds on all devices, on all nodes, and for those that come later", async () => {
      const a = await connect(alice, 0)
      const [phone] = [await connect(bob, 0), await connect(bob, net.last)]
      await watch(a, bob)
      await setStatus(database.db, bob, { state: "dnd" })
      await sees(a, bob, "dnd")
      await phone.command("presence:set", { presence: "idle" })
      const later = await connect(bob, net.last)
      await settled(a, net.last)
      expect((await watch(a, bob)).presences).toEqual({ [bob.id]: "dnd" })
      await setStatus(database.db, bob, { state: "idle" })
      await sees(a, bob, "idle")
      await setStatus(database.db, bob, { state: "online" })
      await sees(a, bob, "online")
      for (const device of [phone, later]) await device.hears("status:updated", (own) => own.state === "online")
      expect(a.heard.filter((h) => h.event === "status:updated")).toEqual([])
    })

    test("a device at which nobody is keeps nobody online, and coming back is seen", async () => {
      const a = await connect(alice, 0)
      await watch(a, bob)
      const b = await connect(bob, net.last, true)
      await sees(a, bob, "idle")
      expect(a.heard.some((h) => h.event === "presence:changed" && h.payload.presences[bob.id] === "online")).toBe(
        false,
      )
      await b.command("presence:set", { presence: "online" })
      await sees(a, bob, "online")
    })

    test("[P5] who is invisible is offline to everybody from the first moment, whatever they do", async () => {
      await setStatus(database.db, bob, { state: "invisible", text: "here after all" })
      const a = await connect(alice, 0)
      const offline = { presences: { [bob.id]: "offline" } }
      expect(await watch(a, bob)).toEqual(offline)
      for (const node of [0, net.last]) {
        const b = await connect(bob, node, false, true)
        for (const presence of ["idle", "dnd", "online"] as const) await b.command("presence:set", { presence })
        await b.open(general)
        await b.command("typing:start", { channelId: general })
        await setStatus(database.db, bob, { state: "invisible", text: `here, at ${node}` })
        await b.hears("status:updated", ({ custom }) => custom?.text === `here, at ${node}`)
        await settled(a, node)
        expect(await watch(a, bob)).toEqual(offline)
      }
      expect(told(a)[bob.id]).toBeUndefined()
      expect(lineOf(a, bob)).toBeUndefined()
      expect(a.heard.flatMap((h) => (h.event === "presence:changed" ? (h.payload.phones ?? []) : []))).toEqual([])
    })

    test("[P5] who becomes invisible is seen to leave: at once where they read, after the grace as a person", async () => {
      const [a, b] = [await connect(alice, 0), await connect(bob, net.last)]
      await setStatus(database.db, bob, { state: "online", text: "knitting" })
      await watch(a, bob)
      await a.open(general)
      await b.open(general)
      await seesHere(a, general, [alice, bob])
      const at = performance.now()
      await setStatus(database.db, bob, { state: "invisible", text: "still knitting" })
      await b.hears("status:updated", ({ state }) => state === "invisible")
      await b.command("presence:set", { presence: "idle" })
      await seesHere(a, general, [alice])
      await sees(a, bob, "offline")
      expect(performance.now() - at).toBeGreaterThanOrEqual(presenceTimes?.viewport?.presence?.graceMs ?? 0)
      // As with everybody who leaves, the line went too; that it is another one nobody heard.
      expect(lineOf(a, bob)).toBeNull()
      const seen = a.heard.flatMap((h) => (h.event === "presence:changed" ? [h.payload] : []))
      expect(seen.flatMap(({ presences }) => presences[bob.id] ?? [])).not.toContain("idle")
      expect(JSON.stringify(seen)).not.toContain("still")

      // As their device is now.
      await setStatus(database.db, bob, { state: "online", text: "back" })
      await sees(a, bob, "idle")
      await reads(a, bob, "back")
      await seesHere(a, general, [alice, bob])
    })

    test("[P5] what is written while invisible nobody hears who comes while they are still seen", async () => {
      await setStatus(database.db, bob, { state: "online", text: "knitting" })
      const [a, b] = [await connect(alice, 0), await connect(bob, net.last)]
      await waitUntil("bob to be here", async () => (await watch(a, bob)).presences[bob.id] === "online")
      await setStatus(database.db, bob, { state: "invisible", text: "still here" })
      await b.hears("status:updated", ({ state }) => state === "invisible")
      // Nobody watched bob until now on that node, or on another one.
      await watch(a)
      const seen: unknown[] = []
      await waitUntil("bob to be gone", async () => {
        const answer = await watch(a, bob)
        seen.push(answer)
        await watch(a)
        return answer.presences[bob.id] === "offline"
      })
      expect(JSON.stringify([seen, a.heard])).not.toContain("still here")
    })

    test("[P5] member lists count the invisible among those who are not here", async () => {
      await setStatus(database.db, bob, { state: "invisible" })
      const a = await connect(alice, 0)
      const { slices } = await a.command("members:watch", { guildId: guild.id, ranges: [[0, 50]] })
      /** Each list that was shown: how many are in its groups, and who comes after whom. */
      const shown = () => {
        let names: string[] = []
        return [slices, ...a.heard.flatMap((h) => (h.event === "members:changed" ? [h.payload.slices] : []))].flatMap(
          (pushed) =>
            pushed.map(({ groups, rows }) => {
              // Where only the counts are told the rows are as they were.
              if (rows.length > 0) names = rows.map((row) => row.user.displayName)
              return [...groups.map(({ key, count }) => `${key} ${count}`), ...names]
            }),
        )
      }
      const shows = (...list: string[]) =>
        waitUntil(`the list to be ${list}, not ${shown().at(-1)}`, () => shown().at(-1)?.join() === list.join())
      const [before, after] = [
        ["online 1", "offline 2", "alice", "bob", "carol"],
        ["online 2", "offline 1", "alice", "carol", "bob"],
      ] as const
      await shows(...before)
      const since = shown().length
      await connect(bob, net.last)
      await connect(carol, net.last)
      await shows(...after)
      // Bob came before carol, and nobody was ever counted but her.
      for (const list of shown().slice(since)) expect(list).toEqual(after)
      await setStatus(database.db, bob, { state: "online" })
      await shows("online 3", "alice", "bob", "carol")
      await setStatus(database.db, bob, { state: "invisible" })
      await shows(...after)
    })

    test("[P5] who reads along unseen counts nowhere, and misses nothing", async () => {
      await setStatus(database.db, bob, { state: "invisible" })
      const [a, b] = [await connect(alice, 0), await connect(bob, net.last)]
      await b.open(general)
      await seesHere(b, general, [])
      await a.open(general)
      await seesHere(a, general, [alice])
      await seesHere(b, general, [alice])
      const c = await connect(carol, net.last)
      await c.open(general)
      for (const client of [a, b, c]) await seesHere(client, general, [alice, carol])
      await b.command("typing:start", { channelId: general })
      await c.command("typing:start", { channelId: general })
      await a.hears("typing:started", ({ userId }) => userId === carol.id)
      const sent = await a.send(general, "@here, who is there?")
      await waitUntil("bob to read it", () => b.view(general).head >= sent.seq)
      expect((await b.send(general, "I am")).seq).toBe(sent.seq + 1)
      await waitUntil("alice to read it", () => a.view(general).head >= sent.seq + 1)
      for (const client of [a, c]) {
        const typing = client.heard.flatMap((h) => (h.event === "typing:started" ? [h.payload.userId] : []))
        expect(typing).not.toContain(bob.id)
        const here = client.heard.flatMap((h) => (h.event === "channel:viewers" ? h.payload.userIds : []))
        expect(here).not.toContain(bob.id)
      }
      await setStatus(database.db, bob, { state: "dnd" })
      for (const client of [a, b, c]) await seesHere(client, general, [alice, bob, carol])
      b.close()
      await seesHere(a, general, [alice, carol])
      expect(viewersOf(a, general)?.count).toBe(2)
    })

    test("a line comes to who watches, with how long it holds, and to nobody else", async () => {
      const stranger = await makeUser(database.db, "stranger")
      const [a, c, s] = [await connect(alice, 0), await connect(carol, net.last), await connect(stranger, 0)]
      await connect(bob, net.last)
      await watch(a, bob)
      await watch(s, bob)
      await setStatus(database.db, bob, { state: "online", text: "reading", emoji: "📚" })
      await reads(a, bob, "reading")
      expect(lineOf(a, bob)).toEqual({ text: "reading", emoji: "📚" })
      await waitUntil("carol to see bob", async () => (await watch(c, bob)).presences[bob.id] === "online")
      expect((await watch(c, bob)).statuses).toEqual({ [bob.id]: { text: "reading", emoji: "📚" } })
      await setStatus(database.db, bob, { state: "online", text: "tea", forMs: 60_000 })
      await reads(a, bob, "tea")
      const { leftMs = 0 } = lineOf(a, bob) ?? {}
      expect(leftMs).toBeGreaterThan(0)
      expect(leftMs).toBeLessThanOrEqual(60_000)
      await setStatus(database.db, bob, { state: "online" })
      await reads(a, bob, null)
      expect(await watch(s, bob)).toEqual({ presences: {} })
      expect(s.heard.filter((h) => h.event === "presence:changed" || h.event === "status:updated")).toEqual([])
    })

    test("a line that has run out is told to nobody who comes", async () => {
      const [a] = [await connect(alice, 0), await connect(bob, net.last)]
      await setStatus(database.db, bob, { state: "online", text: "brb", forMs: 300 })
      await waitUntil("bob to be here, without a word", async () => {
        const { presences, statuses } = await watch(a, bob)
        return presences[bob.id] === "online" && statuses === undefined
      })
    })

    test("who is offline says nothing, and comes back with what they say", async () => {
      const a = await connect(alice, 0)
      await setStatus(database.db, bob, { state: "online", text: "at sea" })
      expect(await watch(a, bob)).toEqual({ presences: { [bob.id]: "offline" } })
      await connect(bob, net.last)
      await reads(a, bob, "at sea")
      await sees(a, bob, "online")
    })
  })
}
