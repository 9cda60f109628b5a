import { schema } from "@hearth/db"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Bed, testBed } from "../test-bed.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

it("a portrait is part of a person's card wherever the card goes, and without one there is no word of it", async () => {
  const [ada, bob] = [await bed.person("Ada"), await bed.person("Bob")]
  await bed.db.update(schema.users).set({ portrait: "ada-1" }).where(eq(schema.users.id, ada.userId))
  const { guild, channels } = await ada.call.guild.create({ name: "Home" })
  const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
  const [channelId = ""] = channels.map((c) => c.id)
  await bed.deps.store.append(channelId, [
    { authorId: ada.userId, nonce: "a".repeat(16), content: "hello", replyTo: null },
    { authorId: bob.userId, nonce: "b".repeat(16), content: "hello", replyTo: null },
  ])
  const adas = { id: ada.userId, displayName: "Ada", portrait: "ada-1" }
  const bobs = { id: bob.userId, displayName: "Bob" }

  expect((await bob.call.message.page({ channelId })).users).toEqual([adas, bobs])
  expect(await bob.call.user.byIds({ userIds: [bob.userId, ada.userId] })).toEqual([adas, bobs])
  expect((await bob.call.member.list({ guildId: guild.id })).items.map((row) => row.user)).toEqual([adas, bobs])
  expect(await bed.stranger().invite.preview({ code })).toMatchObject({ someMembers: [adas, bobs] })
  expect((await ada.call.invite.list({ guildId: guild.id })).items.map((invite) => invite.createdBy)).toEqual([adas])
  expect(await bob.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })).toHaveProperty(
    "createdBy",
    bobs,
  )
  expect(await ada.call.account.me()).toMatchObject(adas)
  expect((await ada.bootstrap()).me).toMatchObject(adas)
  expect((await bob.bootstrap()).me).not.toHaveProperty("portrait")
})

it("a new name keeps the portrait, for oneself and for others", async () => {
  const ada = await bed.person("Ada")
  await bed.db.update(schema.users).set({ portrait: "ada-2" }).where(eq(schema.users.id, ada.userId))
  const since = await bed.head()
  const card = { id: ada.userId, displayName: "Ada L.", portrait: "ada-2" }
  expect(await ada.call.account.update({ displayName: "Ada L." })).toEqual(card)
  expect((await bed.told(since)).map(({ kind, payload }) => [kind, payload])).toEqual([
    ["me:updated", card],
    ["user:updated", card],
  ])
})
