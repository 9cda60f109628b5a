import { newSnowflake } from "@hearth/core"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type Bed, failureCode, testBed } from "../test-bed.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

const together = async (...names: string[]) => {
  const people = await Promise.all(names.map((name) => bed.person(name)))
  const [owner, ...others] = people
  if (!owner) throw new Error("nobody")
  const { guild } = await owner.call.guild.create({ name: "Home" })
  const { code } = await owner.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  for (const other of others) await other.call.invite.join({ code })
  return { people, guildId: guild.id }
}

it("[P5] shows somebody only to who shares something with them: to others they do not exist", async () => {
  const { people, guildId } = await together("Ada", "Bob")
  const [ada, bob] = people
  if (!ada || !bob) throw new Error("nobody")
  const eve = await bed.person("Eve")
  const { guild: elsewhere } = await ada.call.guild.create({ name: "Elsewhere" })

  const answer = await bob.call.user.profile({ userId: ada.userId, guildId })
  expect(answer).toEqual({ user: { id: ada.userId, displayName: "Ada" }, guildIds: [guildId], roleIds: [], note: "" })
  // Where Bob is not, he learns nothing of what she is, nor that she is there.
  const there = await bob.call.user.profile({ userId: ada.userId, guildId: elsewhere.id })
  expect(there).toEqual({ user: answer.user, guildIds: [guildId], note: "" })

  for (const userId of [ada.userId, newSnowflake()]) {
    expect(await failureCode(eve.call.user.profile({ userId, guildId }))).toBe("UNKNOWN_MEMBER")
    expect(await failureCode(eve.call.user.setNote({ userId, note: "x" }))).toBe("UNKNOWN_MEMBER")
  }
  await bob.call.guild.leave({ guildId })
  expect(await failureCode(bob.call.user.profile({ userId: ada.userId }))).toBe("UNKNOWN_MEMBER")
})

it("counts a conversation as knowing each other, and not as a server", async () => {
  const { people, guildId } = await together("Ada", "Bob")
  const [ada, bob] = people
  if (!ada || !bob) throw new Error("nobody")
  await ada.call.conversation.open({ userIds: [bob.userId] })
  await bob.call.guild.leave({ guildId })
  expect(await ada.call.user.profile({ userId: bob.userId, guildId })).toMatchObject({ guildIds: [] })
})

it("says what they are where one looks at them", async () => {
  const { people, guildId } = await together("Ada", "Bob")
  const [ada, bob] = people
  if (!ada || !bob) throw new Error("nobody")
  const roleId = (await ada.bootstrap()).guilds.find((g) => g.guild.id === guildId)?.roles.at(-1)?.id ?? ""
  await ada.call.member.setRoles({ guildId, userId: bob.userId, roleIds: [roleId] })
  expect(await ada.call.user.profile({ userId: bob.userId, guildId })).toMatchObject({ roleIds: [roleId] })
})

it("keeps what one notes about somebody for oneself", async () => {
  const { people } = await together("Ada", "Bob")
  const [ada, bob] = people
  if (!ada || !bob) throw new Error("nobody")
  expect(await ada.call.user.setNote({ userId: bob.userId, note: " plays\r\nchess " })).toEqual({
    note: "plays\nchess",
  })
  expect((await ada.call.user.profile({ userId: bob.userId })).note).toBe("plays\nchess")
  expect((await bob.call.user.profile({ userId: bob.userId })).note).toBe("")
  expect((await bob.call.user.profile({ userId: ada.userId })).note).toBe("")
  await ada.call.user.setNote({ userId: bob.userId, note: "x".repeat(500) })
  expect(await failureCode(ada.call.user.setNote({ userId: bob.userId, note: "x".repeat(501) }))).toBe("BAD_REQUEST")
  await ada.call.user.setNote({ userId: bob.userId, note: " " })
  expect((await ada.call.user.profile({ userId: bob.userId })).note).toBe("")
})
