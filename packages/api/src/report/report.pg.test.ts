import { newSnowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let root: Person
beforeAll(async () => {
  bed = await testBed()
  root = await bed.person("Root")
  await bed.db.update(schema.users).set({ isInstanceAdmin: true }).where(eq(schema.users.id, root.userId))
})
afterAll(() => bed[Symbol.asyncDispose]())

test("who asked to be a friend can be reported, also after one declined; administrators read it, and tick it off", async () => {
  const [ada, sam, eve] = [await bed.person("Ada"), await bed.person("Sam"), await bed.person("Eve")]
  const report = (who: Person, whom: Person) =>
    who.call.report.send({ userId: whom.userId, about: "friend-request", text: " spam, spam " })
  expect(await failureCode(report(ada, sam))).toBe("UNKNOWN_MEMBER")
  await sam.call.friend.ask({ code: (await ada.call.friend.code()).code })
  const since = await bed.head()
  await report(ada, sam)
  const [request] = (await ada.call.friend.requests({ way: "in" })).items
  await ada.call.friend.decline({ requestId: request?.id ?? "" })
  await report(ada, sam)
  // Who was asked and did not see it has met nobody; nor has who asked.
  expect(await failureCode(report(sam, ada))).toBe("UNKNOWN_MEMBER")
  expect(await failureCode(report(ada, ada))).toBe("UNKNOWN_MEMBER")
  expect((await bed.told(since)).filter((row) => row.audience === `user:${sam.userId}`)).toEqual([])

  for (const person of [ada, sam, eve]) {
    expect(await failureCode(person.call.report.list({}))).toBe("FORBIDDEN")
    expect(await failureCode(person.call.report.see({ reportId: newSnowflake() }))).toBe("FORBIDDEN")
  }
  const first = await root.call.report.list({ limit: 1 })
  expect(first.items).toMatchObject([
    {
      about: "friend-request",
      text: "spam, spam",
      seenAt: null,
      reporter: { id: ada.userId },
      reported: { id: sam.userId },
    },
  ])
  const second = await root.call.report.list({ limit: 1, cursor: first.next ?? "" })
  expect([second.items.length, second.next]).toEqual([1, null])
  const [shown] = first.items
  await root.call.report.see({ reportId: shown?.id ?? "" })
  await root.call.report.see({ reportId: shown?.id ?? "" })
  expect((await root.call.report.list({})).items.map((r) => r.id)).toEqual(second.items.map((r) => r.id))
  expect((await root.call.report.list({ seen: true })).items).toMatchObject([
    { id: shown?.id, seenAt: expect.any(Number) },
  ])
  await bed.db.delete(schema.users).where(eq(schema.users.id, sam.userId))
  expect((await root.call.report.list({})).items[0]).not.toHaveProperty("reported")
})

test("is for people one shares a server with, too, and not for many at once", async () => {
  await using strict = await testBed({ limitScale: 1 })
  const [ada, bob] = [await strict.person("Ada"), await strict.person("Bob")]
  const { guild } = await ada.call.guild.create({ name: "Home" })
  const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
  const report = () => bob.call.report.send({ userId: ada.userId, about: "person" })
  for (let i = 0; i < 10; i++) await report()
  expect(await failureCode(report())).toBe("RATE_LIMITED")
})
