import type { Reply } from "@hearth/core"
import { schema } from "@hearth/db"
import {
  makeGuild,
  makeUser,
  refusal,
  type TestClient,
  type TestDatabase,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { TestNetwork } from "../test-network.ts"

/** What nodes remember of a message, on one node and on several. */
export const describeTracing = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`what became of a message, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let root: TestUser
    let alice: TestUser
    let bob: TestUser
    let general: string

    beforeAll(async () => {
      database = await testDatabase()
      const { db } = database
      ;[root, alice, bob] = [await makeUser(db, "root"), await makeUser(db, "alice"), await makeUser(db, "bob")]
      await db.update(schema.users).set({ isInstanceAdmin: true }).where(eq(schema.users.id, root.id))
      general = (await makeGuild(db, alice, [bob], ["general"])).channels.general ?? ""
      net = await open(database)
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })

    const trace = (client: TestClient, seq: number) => client.command("message:trace", { channelId: general, seq })
    const all = ({ nodes }: Reply<"message:trace">) =>
      nodes.flatMap(({ nodeId, steps }) => steps.map((step) => ({ ...step, nodeId })))

    test("every step is told by the node that took it, and the administrator need not be of the server", async () => {
      const nodeIds = net.nodes.map((node) => node.nodeId)
      const last = net.nodes.length - 1
      using a = await net.connect(alice, { node: 0 })
      using b = await net.connect(bob, { node: last })
      for (const client of [a, b]) await client.open(general)
      const { seq } = await a.send(general, "hello")
      await b.hears("channel:changed", (packets) => packets.some((p) => p.items.some((m) => m.seq === seq)))
      const { message } = await b.command("message:react", { channelId: general, seq, emoji: "👍", on: true })
      const admin = await net.connect(root, { node: last })
      // What one node published the others deliver a little later; and nodes take a moment to know of each other.
      const reply = await waitUntil("what all nodes tell", async () => {
        const told = await trace(admin, seq)
        const delivered = all(told).filter((s) => s.kind === "delivered")
        return told.all && told.nodes.every((n) => n.ok) && delivered.length === 2 * nodeIds.length && told
      })
      expect(new Set(reply.nodes.map((n) => n.nodeId))).toEqual(new Set(nodeIds))
      for (const { since } of reply.nodes) expect(since).toBeGreaterThan(0)
      const steps = all(reply)
      expect(steps.filter((s) => s.kind === "accepted")).toEqual([
        expect.objectContaining({ at: expect.any(Number), ms: expect.any(Number), nodeId: nodeIds[0] }),
      ])
      // The channel's owner, or the node that was asked while it did not know the other one yet.
      const [stored, ...more] = steps.filter((s) => s.kind === "stored")
      expect(stored).toMatchObject({ ver: 1, count: 1, ms: expect.any(Number) })
      const [changed, ...others] = steps.filter((s) => s.kind === "changed")
      expect(changed).toMatchObject({ ver: message.mver, count: 1, ms: expect.any(Number) })
      expect([...more, ...others]).toEqual([])
      for (const { ver, nodeId } of [stored, changed].filter((s) => s !== undefined)) {
        expect(nodeIds).toContain(nodeId)
        expect(steps.filter((s) => s.kind === "published" && s.ver === ver)).toEqual([
          expect.objectContaining({ nodeId }),
        ])
        const delivered = steps.filter((s) => s.kind === "delivered" && s.ver === ver)
        expect(new Set(delivered.map((s) => s.nodeId))).toEqual(new Set(nodeIds))
        expect(delivered.reduce((sum, s) => sum + (s.count ?? 0), 0)).toBe(2)
      }
      expect(JSON.stringify(reply)).not.toMatch(/hello|👍/)
      expect(JSON.stringify(reply)).not.toContain(alice.id)
    })

    test("who opens the channel later confirms what they got, and a send that comes again is told as such", async () => {
      using a = await net.connect(alice, { node: 0 })
      const nonce = "n".repeat(20)
      const said = { channelId: general, content: "once", nonce }
      const { seq } = await a.command("message:send", said)
      expect((await a.command("message:send", said)).seq).toBe(seq)
      using b = await net.connect(bob, { node: net.nodes.length - 1 })
      await b.open(general)
      const admin = await net.connect(root, { node: 0 })
      const told = await waitUntil("what all nodes tell", async () => {
        const reply = await trace(admin, seq)
        return reply.nodes.length === net.nodes.length && reply.nodes.every((n) => n.ok) && reply
      })
      const steps = all(told)
      const accepted = steps.filter((s) => s.kind === "accepted")
      expect(accepted).toHaveLength(2)
      expect(accepted[1]?.again).toBe(true)
      const confirmed = steps.filter((s) => s.kind === "confirmed")
      expect(confirmed[0]?.at).toBeGreaterThan(0)
      expect(new Set(confirmed.map((s) => s.nodeId))).toEqual(new Set([net.nodes.at(-1)?.nodeId]))
      expect(all(await trace(admin, seq + 1))).toEqual([])
    })

    test("it is nobody else's business, also not the author's", async () => {
      const a = await net.connect(alice)
      expect((await refusal(trace(a, 1))).code).toBe("FORBIDDEN")
      expect((await refusal(a.command("message:trace", { channelId: "1", seq: 9 }))).code).toBe("FORBIDDEN")
    })
  })
}
