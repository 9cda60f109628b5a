import { bits, newSnowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { and, eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let owner: Person
beforeAll(async () => {
  bed = await testBed()
  owner = await bed.person("Owner")
})
afterAll(() => bed[Symbol.asyncDispose]())

/** A server with a moderator (position 2), an admin (1) and two plain members. */
const community = async () => {
  const { guild, roles, channels } = await owner.call.guild.create({ name: "Home" })
  const guildId = guild.id
  const moderatorRole = newSnowflake()
  await bed.db.insert(schema.roles).values({
    id: moderatorRole,
    guildId,
    name: "Moderator",
    position: 2,
    permissions: bits("KICK_MEMBERS", "MANAGE_ROLES"),
  })
  const { code } = await owner.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
  const people: Person[] = []
  for (const name of ["Mod", "Adm", "Bob", "Cleo"]) {
    const person = await bed.person(name)
    await person.call.invite.join({ code })
    people.push(person)
  }
  const [mod, adm, bob, cleo] = people as [Person, Person, Person, Person]
  const adminRole = roles[1]?.id ?? ""
  await owner.call.member.setRoles({ guildId, userId: mod.userId, roleIds: [moderatorRole] })
  await owner.call.member.setRoles({ guildId, userId: adm.userId, roleIds: [adminRole] })
  return { guildId, code, adminRole, moderatorRole, mod, adm, bob, cleo, channelId: channels[0]?.id ?? "" }
}

describe("roles of members", () => {
  it("are told to the member and to nodes", async () => {
    const { guildId, bob, adminRole } = await community()
    const since = await bed.head()
    const row = await owner.call.member.setRoles({ guildId, userId: bob.userId, roleIds: [adminRole] })
    expect(row).toMatchObject({ user: { id: bob.userId, displayName: "Bob" }, roleIds: [adminRole] })
    expect(await bed.told(since)).toMatchObject([
      { audience: "node", kind: "member:changed", payload: { guildId, userId: bob.userId, roleIds: [adminRole] } },
      { audience: `user:${bob.userId}`, kind: "me:roles", payload: { guildId, roleIds: [adminRole] } },
    ])
  })
  it("are given and taken only below one's own highest role, to those below oneself", async () => {
    const { guildId, mod, adm, bob, adminRole, moderatorRole } = await community()
    const set = (who: Person, whom: Person, roleIds: string[]) =>
      who.call.member.setRoles({ guildId, userId: whom.userId, roleIds })
    const since = await bed.head()
    expect(await failureCode(set(bob, adm, []))).toBe("FORBIDDEN")
    expect(await failureCode(set(mod, mod, []))).toBe("FORBIDDEN")
    expect(await failureCode(set(mod, bob, [moderatorRole]))).toBe("FORBIDDEN")
    expect(await failureCode(set(mod, owner, []))).toBe("FORBIDDEN")
    expect(await failureCode(set(adm, mod, []))).toBe("FORBIDDEN")
    expect(await bed.told(since)).toEqual([])
    await set(mod, bob, [adminRole])
    await set(mod, adm, [])
    await set(owner, owner, [adminRole])
    expect((await owner.bootstrap()).guilds.find((g) => g.guild.id === guildId)?.myRoleIds).toEqual([adminRole])
  })
  it("must be of this server, and @everyone is no role to give", async () => {
    const { guildId, bob } = await community()
    const other = await owner.call.guild.create({ name: "Other" })
    for (const roleId of [newSnowflake(), guildId, other.roles[1]?.id ?? ""])
      expect(await failureCode(owner.call.member.setRoles({ guildId, userId: bob.userId, roleIds: [roleId] }))).toBe(
        "UNKNOWN_ROLE",
      )
    expect(await failureCode(owner.call.member.setRoles({ guildId, userId: newSnowflake(), roleIds: [] }))).toBe(
      "UNKNOWN_MEMBER",
    )
  })
  it("that open or close channels tell the member so, with read marks, and nobody else", async () => {
    const { guildId, bob, adminRole } = await community()
    const { id: channelId } = await owner.call.channel.create({ guildId, name: "staff" })
    await bed.db
      .insert(schema.channelOverwrites)
      .values({ channelId, target: "role", targetId: guildId, allow: 0n, deny: bits("VIEW_CHANNEL") })
    await bed.db.insert(schema.readStates).values({ userId: bob.userId, channelId, lastReadSeq: 3 })
    const since = await bed.head()
    await owner.call.member.setRoles({ guildId, userId: bob.userId, roleIds: [adminRole] })
    await owner.call.member.setRoles({ guildId, userId: bob.userId, roleIds: [] })
    const told = (await bed.told(since)).filter((row) => row.audience !== "node")
    expect(new Set(told.map((row) => row.audience))).toEqual(new Set([`user:${bob.userId}`]))
    expect(told.map((row) => row.kind)).toEqual([
      "me:roles",
      "channel:added",
      "read:marked",
      "me:roles",
      "channel:removed",
    ])
    expect(told.at(-1)?.payload).toEqual({ guildId, channelId })
  })
})

describe("removing a member", () => {
  it("ends the membership with its read marks; an invite brings them back without their roles", async () => {
    const { guildId, code, bob, adminRole, channelId } = await community()
    await owner.call.member.setRoles({ guildId, userId: bob.userId, roleIds: [adminRole] })
    await bed.db.insert(schema.readStates).values({ userId: bob.userId, channelId, lastReadSeq: 3 })
    const since = await bed.head()
    await owner.call.member.kick({ guildId, userId: bob.userId })
    expect(await bed.told(since)).toMatchObject([
      { audience: "node", kind: "member:left", payload: { guildId, userId: bob.userId } },
      { audience: `user:${bob.userId}`, kind: "guild:removed", payload: { guildId } },
    ])
    expect((await bob.bootstrap()).guilds).toEqual([])
    expect(await failureCode(bob.call.message.page({ channelId }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(owner.call.member.kick({ guildId, userId: bob.userId }))).toBe("UNKNOWN_MEMBER")
    const back = await bob.call.invite.join({ code })
    expect(back.myRoleIds).toEqual([])
    expect((await bob.bootstrap()).readStates).toEqual([])
  })
  it("is for who may, and only downwards", async () => {
    const { guildId, mod, adm, bob, cleo } = await community()
    const kick = (who: Person, whom: Person) => who.call.member.kick({ guildId, userId: whom.userId })
    expect(await failureCode(kick(bob, cleo))).toBe("FORBIDDEN")
    expect(await failureCode(kick(adm, mod))).toBe("FORBIDDEN")
    expect(await failureCode(kick(mod, owner))).toBe("FORBIDDEN")
    expect(await failureCode(kick(mod, mod))).toBe("FORBIDDEN")
    expect(await failureCode(kick(owner, owner))).toBe("FORBIDDEN")
    await kick(mod, adm)
    await kick(mod, cleo)
    const rows = await bed.db.$count(schema.members, and(eq(schema.members.guildId, guildId)))
    expect(rows).toBe(3)
  })
})

describe("the list of members", () => {
  it("is paged by name, whatever its case, and complete", async () => {
    const { guildId, bob } = await community()
    await bob.call.account.update({ displayName: "aaron" })
    const names: string[] = []
    for (let cursor: string | undefined; ; ) {
      const { items, next } = await bob.call.member.list({ guildId, limit: 2, cursor })
      names.push(...items.map((m) => m.user.displayName))
      if (!next) break
      cursor = next
    }
    expect(names).toEqual(["aaron", "Adm", "Cleo", "Mod", "Owner"])
  })
})

describe("people", () => {
  it("are known to those who share a server with them, and to themselves", async () => {
    const { bob, cleo } = await community()
    const stranger = await bed.person("Stranger")
    const ids = [bob.userId, cleo.userId, stranger.userId, newSnowflake()]
    const seen = async (who: Person) => (await who.call.user.byIds({ userIds: ids })).map((u) => u.displayName).sort()
    expect(await seen(bob)).toEqual(["Bob", "Cleo"])
    expect(await seen(stranger)).toEqual(["Stranger"])
    expect(await bob.call.user.byIds({ userIds: [] })).toEqual([])
    expect(await failureCode(bob.call.user.byIds({ userIds: Array.from({ length: 101 }, () => "1") }))).toBe(
      "BAD_REQUEST",
    )
  })
})
