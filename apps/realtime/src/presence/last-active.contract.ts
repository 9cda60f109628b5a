import type { Snowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import {
  makeFriends,
  makeUser,
  setStatus,
  type TestClient,
  type TestDatabase,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { eq } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { NodeConfig } from "../node.ts"
import type { TestNetwork } from "../test-network.ts"
import { presenceTimes, sees } from "./contract.ts"

/** Nobody's leaving is waited for for long. */
export const lastActiveTimes = (activeMs: number): NodeConfig["cluster"] => ({
  ...presenceTimes,
  viewport: {
    ...presenceTimes?.viewport,
    presence: { ...presenceTimes?.viewport?.presence, graceMs: 500, activeMs },
  },
})
const OFTEN = 100
/** Not in a test: who is kept has left. */
const RARELY = 3_600_000

const LONG_AGO = new Date("2020-02-20T20:20:00Z")

/** When people were last active, as it is kept of those who show it, on one node and on several. */
export const describeLastActive = (
  name: string,
  open: (database: TestDatabase, activeMs: number) => Promise<TestNetwork & { last: number }>,
) => {
  describe(`last active, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork & { last: number }
    let alice: TestUser
    let bob: TestUser
    const clients: TestClient[] = []
    beforeAll(async () => {
      database = await testDatabase()
    })
    beforeEach(async () => {
      ;[alice, bob] = [await makeUser(database.db, "alice"), await makeUser(database.db, "bob")]
      await database.db.insert(schema.lastActive).values({ userId: alice.id, at: LONG_AGO })
    })
    afterEach(() => {
      for (const client of clients.splice(0)) client.close()
    })
    afterAll(() => database?.[Symbol.asyncDispose]())
    const keeping = (activeMs: number) => {
      beforeAll(async () => {
        net = await open(database, activeMs)
      })
      afterAll(() => net?.[Symbol.asyncDispose]())
    }
    const connect = async (user: TestUser, node: number, phone = false) => {
      const client = await net.connect(user, { node, phone })
      clients.push(client)
      return client
    }
    const shows = async (user: TestUser) => {
      await database.db.insert(schema.lastActive).values({ userId: user.id, at: LONG_AGO })
      return user
    }
    const rowOf = async ({ id }: { id: Snowflake }) =>
      (await database.db.select().from(schema.lastActive).where(eq(schema.lastActive.userId, id)))[0]
    const isKept = (user: TestUser) =>
      waitUntil(`${user.id} to be kept`, async () => {
        const { at } = (await rowOf(user)) ?? {}
        return at && at > LONG_AGO ? at : undefined
      })
    const watching = async (...users: TestUser[]) => {
      const b = await connect(bob, 0)
      for (const user of users) await makeFriends(database.db, bob, user)
      const userIds = users.map((user) => user.id)
      await waitUntil("bob to see them", async () => {
        const { presences } = await b.command("presence:watch", { userIds })
        return userIds.every((id) => id in presences)
      })
      return b
    }
    /** Whoever was seen to leave this node before is kept by now: a node keeps one after the other. */
    const settled = async (node: number) => {
      const [first, then] = [await makeUser(database.db, "first"), await shows(await makeUser(database.db, "then"))]
      const b = await watching(first, then)
      const client = await connect(first, node)
      await sees(b, first, "online")
      client.close()
      await sees(b, first, "offline")
      const next = await connect(then, node)
      await sees(b, then, "online")
      next.close()
      await isKept(then)
    }

    describe("often", () => {
      keeping(OFTEN)

      test("is kept to the minute while somebody is here", async () => {
        await connect(alice, 0, true)
        expect((await isKept(alice)).getTime() % 60_000).toBe(0)
      })

      test("[P5] never moves by what is done while invisible, and nothing is kept of who does not show it", async () => {
        const carol = await makeUser(database.db, "carol")
        await setStatus(database.db, alice, { state: "invisible" })
        for (const node of [0, net.last]) {
          const [a, c] = [await connect(alice, node), await connect(carol, node)]
          for (const presence of ["idle", "online"] as const) await a.command("presence:set", { presence })
          a.close()
          c.close()
          await settled(node)
        }
        expect(await rowOf(alice)).toEqual({ userId: alice.id, at: LONG_AGO })
        expect(await rowOf(carol)).toBeUndefined()
      })

      test("[P5] whoever has become invisible is never kept after", async () => {
        const b = await watching(alice)
        const a = await connect(alice, net.last)
        await sees(b, alice, "online")
        await setStatus(database.db, alice, { state: "invisible" })
        await sees(b, alice, "offline")
        await settled(net.last)
        await database.db.update(schema.lastActive).set({ at: LONG_AGO }).where(eq(schema.lastActive.userId, alice.id))
        for (const presence of ["idle", "online"] as const) await a.command("presence:set", { presence })
        a.close()
        await settled(net.last)
        expect((await rowOf(alice))?.at).toEqual(LONG_AGO)
      })
    })

    describe("as they leave", () => {
      keeping(RARELY)

      test("is kept to the minute", async () => {
        const b = await watching(alice)
        const a = await connect(alice, net.last, true)
        await sees(b, alice, "phone")
        await settled(net.last)
        expect((await rowOf(alice))?.at).toEqual(LONG_AGO)
        a.close()
        expect((await isKept(alice)).getTime() % 60_000).toBe(0)
      })

      test("[P5] is kept of who becomes invisible, and no more of when they are gone", async () => {
        const b = await watching(alice)
        const a = await connect(alice, net.last)
        await sees(b, alice, "online")
        await setStatus(database.db, alice, { state: "invisible" })
        await isKept(alice)
        await database.db.update(schema.lastActive).set({ at: LONG_AGO }).where(eq(schema.lastActive.userId, alice.id))
        for (const presence of ["idle", "online"] as const) await a.command("presence:set", { presence })
        a.close()
        await settled(net.last)
        expect((await rowOf(alice))?.at).toEqual(LONG_AGO)
      })
    })
  })
}
