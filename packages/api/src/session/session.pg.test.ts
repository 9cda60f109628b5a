import { readTicket, schema } from "@hearth/db"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failureCode, SECRET, testBed } from "../test-bed.ts"
import { findSession, openSession, SESSION_IDLE_MS, SESSION_LIFE_MS, signOut } from "./service.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

const openMore = async (userId: string, n: number) => {
  const ids: string[] = []
  for (let i = 0; i < n; i++)
    ids.push(await openSession(bed.deps, { userId, address: `192.0.2.${i}`, userAgent: `agent ${i}` }))
  return ids
}

describe("sessions", () => {
  it("are listed page by page, one's own only, the newest first, with the one that asks marked", async () => {
    const [ada, bob] = [await bed.person("Ada"), await bed.person("Bob")]
    const more = await openMore(ada.userId, 4)
    await openMore(bob.userId, 1)
    const seen: { id: string; current: boolean }[] = []
    let cursor: string | undefined
    do {
      const { items, next } = await ada.call.session.list({ limit: 2, cursor })
      expect(items.length).toBeLessThanOrEqual(2)
      seen.push(...items)
      cursor = next ?? undefined
    } while (cursor !== undefined)
    expect(new Set(seen.map((s) => s.id))).toEqual(new Set([...more, ada.sessionId]))
    expect(seen).toHaveLength(5)
    expect(seen.filter((s) => s.current).map((s) => s.id)).toEqual([ada.sessionId])
  })
  it("are ended one by one: the device and all nodes are told, in this order, and it is signed out at once", async () => {
    const ada = await bed.person("Ada")
    const [other = ""] = await openMore(ada.userId, 1)
    const call = await bed.signedInAs(other)
    expect((await call.account.me()).id).toBe(ada.userId)
    const since = await bed.head()
    await ada.call.session.revoke({ sessionId: other })
    expect((await bed.told(since)).map(({ audience, kind, payload }) => ({ audience, kind, payload }))).toEqual([
      { audience: `session:${other}`, kind: "session:ended", payload: {} },
      { audience: "node", kind: "session:revoked", payload: { sessionId: other, userId: ada.userId } },
    ])
    expect(await failureCode(call.account.me())).toBe("UNAUTHENTICATED")
    expect(await failureCode(ada.call.session.revoke({ sessionId: other }))).toBe("UNKNOWN_SESSION")
  })
  it("of others are unknown, and live on", async () => {
    const [ada, bob] = [await bed.person("Ada"), await bed.person("Bob")]
    const since = await bed.head()
    expect(await failureCode(ada.call.session.revoke({ sessionId: bob.sessionId }))).toBe("UNKNOWN_SESSION")
    expect(await bob.call.account.me()).toMatchObject({ id: bob.userId })
    expect(await bed.told(since)).toEqual([])
  })
  it("can all be ended but the one that asks", async () => {
    const ada = await bed.person("Ada")
    await openMore(ada.userId, 3)
    const since = await bed.head()
    expect(await ada.call.session.revokeOthers()).toEqual({ ended: 3 })
    expect((await bed.told(since)).filter((row) => row.kind === "session:revoked")).toHaveLength(3)
    expect((await ada.call.session.list({})).items.map((s) => s.id)).toEqual([ada.sessionId])
  })
  it("end when one signs out, once", async () => {
    const ada = await bed.person("Ada")
    const since = await bed.head()
    await signOut(bed.deps, ada)
    await signOut(bed.deps, ada)
    expect(await findSession(bed.deps, ada.sessionId)).toBeNull()
    expect(await bed.told(since)).toHaveLength(2)
  })
  it("are seen at most once a minute", async () => {
    const ada = await bed.person("Ada")
    const seen = async () => {
      await ada.call.account.me()
      const [row] = await bed.db.select().from(schema.sessions).where(eq(schema.sessions.id, ada.sessionId))
      return row?.lastSeenAt.getTime() ?? 0
    }
    const first = await seen()
    bed.pass(30_000)
    expect(await seen()).toBe(first)
    bed.pass(31_000)
    expect(await seen()).toBeGreaterThanOrEqual(first + 60_000)
  })
  it("end by themselves: unused after 30 days, used after 90", async () => {
    const [idle, busy] = [await bed.person("Idle"), await bed.person("Busy")]
    for (let passed = 0; passed < SESSION_LIFE_MS; passed += SESSION_IDLE_MS / 2) {
      expect(await findSession(bed.deps, busy.sessionId)).not.toBeNull()
      bed.pass(SESSION_IDLE_MS / 2)
    }
    expect(await findSession(bed.deps, idle.sessionId)).toBeNull()
    expect(await findSession(bed.deps, busy.sessionId)).toBeNull()
  })
  it("do not outlive their account's being disabled", async () => {
    const ada = await bed.person("Ada")
    await bed.db.update(schema.users).set({ disabledAt: new Date() }).where(eq(schema.users.id, ada.userId))
    expect(await findSession(bed.deps, ada.sessionId)).toBeNull()
  })
  it.each(["", "x", "' or true --", "00000000-0000-0000-0000-000000000000"])("are not found by %j", async (id) => {
    expect(await findSession(bed.deps, id)).toBeNull()
  })
})

describe("a ticket", () => {
  it("names the session that asked, for 30 s", async () => {
    const ada = await bed.person("Ada")
    const { ticket, protocol } = await ada.call.gateway.ticket()
    expect(protocol).toBe(1)
    const now = bed.deps.clock()
    expect(readTicket(SECRET, ticket, now)).toMatchObject({ sessionId: ada.sessionId, userId: ada.userId })
    expect(readTicket(SECRET, ticket, now + 31_000)).toBeNull()
    expect(readTicket(`${SECRET}x`, ticket, now)).toBeNull()
  })
})
