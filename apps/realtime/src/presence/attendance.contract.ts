import type { Snowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { unreadMentions } from "@hearth/db/mentions"
import {
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
import { eq } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "../test-network.ts"

/** A call of those who are here, on one node and on several. */
export const describeAttendance = (
  name: string,
  open: (database: TestDatabase) => Promise<TestNetwork & { last: number }>,
) => {
  describe(`attendance, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork & { last: number }
    let [alice, bob]: TestUser[] = []
    let guild: TestGuild
    let general: Snowflake
    const clients: TestClient[] = []
    beforeAll(async () => {
      database = await testDatabase()
      net = await open(database)
    })
    beforeEach(async () => {
      ;[alice, bob] = [await makeUser(database.db, "alice"), await makeUser(database.db, "bob")]
      guild = await makeGuild(database.db, alice!, [bob!])
      general = guild.channels.general ?? ""
    })
    afterEach(() => {
      for (const client of clients.splice(0)) client.close()
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })
    const connect = async (user: TestUser | undefined, node = 0) => {
      const client = await net.connect(user!, { node })
      clients.push(client)
      return client
    }
    const rowOf = async (user: TestUser | undefined) =>
      (await database.db.select().from(schema.attendance).where(eq(schema.attendance.userId, user!.id)))[0]
    const hasLeft = (user: TestUser | undefined) =>
      waitUntil("it to be kept that they left", async () => (await rowOf(user))?.leftAt ?? undefined)
    const isHere = (user: TestUser | undefined) =>
      waitUntil("it to be kept that they are here", async () => (await rowOf(user))?.leftAt === null)
    const unread = async (user: TestUser | undefined) =>
      (await unreadMentions(database.db, [user!.id])).get(user!.id)?.[general] ?? []
    /** Until the consumer has read it. */
    const call = async (client: TestClient, text = "@here") => {
      const { seq } = await client.send(general, text)
      await waitUntil("it to be a mention", async () => {
        const rows = await database.db.select().from(schema.mentions).where(eq(schema.mentions.channelId, general))
        return rows.some((row) => row.seq === seq)
      })
    }

    test("@here is for who is connected when it is said, and for nobody who comes later", async () => {
      const a = await connect(alice)
      await a.open(general)
      await call(a)
      // Of who was never here nobody knows that they were not.
      expect(await unread(bob)).toEqual([1])
      const b = await connect(bob, net.last)
      b.close()
      await hasLeft(bob)
      await call(a)
      await call(a, "@everyone")
      expect(await unread(bob)).toEqual([1, 3])
      await connect(bob, net.last)
      await isHere(bob)
      await call(a)
      expect(await unread(bob)).toEqual([1, 3, 4])
    })

    test("who leaves one device and stays on another is here, unseen or not", async () => {
      const [first, second] = [await connect(bob), await connect(bob, net.last)]
      second.close()
      const carol = await makeUser(database.db, "carol")
      const c = await connect(carol, net.last)
      c.close()
      // What a node keeps it keeps in order.
      await hasLeft(carol)
      expect((await rowOf(bob))?.leftAt ?? null).toBeNull()
      await setStatus(database.db, bob!, { state: "invisible" })
      const d = await connect(carol)
      await isHere(carol)
      d.close()
      await hasLeft(carol)
      expect((await rowOf(bob))?.leftAt ?? null).toBeNull()
      first.close()
      await hasLeft(bob)
    })
  })
}
