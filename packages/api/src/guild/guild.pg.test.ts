import { DEFAULT_PERMISSIONS, has } from "@hearth/core"
import { schema } from "@hearth/db"
import { eq, sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failure, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let owner: Person
let member: Person
let outsider: Person
beforeAll(async () => {
  bed = await testBed()
  owner = await bed.person("Owner")
  member = await bed.person("Member")
  outsider = await bed.person("Outsider")
})
afterAll(() => bed[Symbol.asyncDispose]())

const guildWithMember = async () => {
  const snapshot = await owner.call.guild.create({ name: "Home" })
  const { code } = await owner.call.invite.create({ guildId: snapshot.guild.id, expiresInMs: null, maxUses: null })
  await member.call.invite.join({ code })
  return snapshot
}

describe("a server", () => {
  it("is one of at most 200 of an account, made or joined", async () => {
    const busy = await bed.person("Busy")
    const { guild } = await owner.call.guild.create({ name: "One too many" })
    const { code } = await owner.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: 1 })
    await bed.db.execute(sql`
      with made as (insert into guilds (id, name, owner_id) select n, 'G', ${owner.userId}::bigint from generate_series(1, 200) n returning id)
      insert into members (guild_id, user_id, sort_name) select id, ${busy.userId}::bigint, 'busy' from made`)
    expect(await failureCode(busy.call.guild.create({ name: "More" }))).toBe("TOO_MANY")
    expect(await failureCode(busy.call.invite.join({ code }))).toBe("TOO_MANY")
    await busy.call.guild.leave({ guildId: "1" })
    // What was refused cost no use.
    expect(await busy.call.invite.join({ code })).toMatchObject({ guild: { name: "One too many" } })
  })

  it("begins with @everyone, an Admin role, a first channel with its log's head, and its owner", async () => {
    const snapshot = await owner.call.guild.create({ name: "  My   server " })
    const { guild, roles, channels, myRoleIds } = snapshot
    expect(guild).toMatchObject({ name: "My server", ownerId: owner.userId })
    expect(roles.map(({ name, position, hoisted }) => ({ name, position, hoisted }))).toEqual([
      { name: "everyone", position: 0, hoisted: false },
      { name: "Admin", position: 1, hoisted: true },
    ])
    expect(roles[0]).toMatchObject({ id: guild.id, permissions: DEFAULT_PERMISSIONS.toString() })
    expect(has(BigInt(roles[1]?.permissions ?? 0), "ADMINISTRATOR")).toBe(true)
    expect(channels.map((c) => c.name)).toEqual(["general"])
    expect(myRoleIds).toEqual([])
    const [head] = await bed.db
      .select()
      .from(schema.channelHeads)
      .where(eq(schema.channelHeads.channelId, channels[0]?.id ?? ""))
    expect(head).toMatchObject({ head: 0, ver: 0, lastId: "0" })
    expect((await owner.bootstrap()).guilds.find((g) => g.guild.id === guild.id)).toEqual(snapshot)
  })
  it("is renamed by who may, and everybody in it is told", async () => {
    const { guild } = await guildWithMember()
    const since = await bed.head()
    expect(await failureCode(member.call.guild.update({ guildId: guild.id, name: "Mine" }))).toBe("FORBIDDEN")
    expect(await bed.told(since)).toEqual([])
    await owner.call.guild.update({ guildId: guild.id, name: "Ours" })
    expect(await bed.told(since)).toMatchObject([
      { audience: `guild:${guild.id}`, kind: "guild:updated", payload: { ...guild, name: "Ours" } },
    ])
  })
  it.each(["", "   ", "\u202e\u200b", "x".repeat(41), "x".repeat(500)])("is never named %j", async (name) => {
    const before = await bed.db.$count(schema.guilds)
    expect((await failure(owner.call.guild.create({ name }))).code).toBe("BAD_REQUEST")
    expect(await bed.db.$count(schema.guilds)).toBe(before)
  })
  it("does not exist for who is no member", async () => {
    const { guild } = await guildWithMember()
    const { call } = outsider
    const guildId = guild.id
    for (const id of [guildId, "1"]) {
      expect(await failureCode(call.guild.update({ guildId: id, name: "X" }))).toBe("UNKNOWN_GUILD")
      expect(await failureCode(call.guild.delete({ guildId: id }))).toBe("UNKNOWN_GUILD")
      expect(await failureCode(call.guild.leave({ guildId: id }))).toBe("UNKNOWN_GUILD")
      expect(await failureCode(call.channel.create({ guildId: id, name: "x" }))).toBe("UNKNOWN_GUILD")
      expect(await failureCode(call.channel.reorder({ guildId: id, channelIds: ["1"] }))).toBe("UNKNOWN_GUILD")
      expect(await failureCode(call.invite.create({ guildId: id, expiresInMs: null, maxUses: null }))).toBe(
        "UNKNOWN_GUILD",
      )
      expect(await failureCode(call.invite.list({ guildId: id }))).toBe("UNKNOWN_GUILD")
      expect(await failureCode(call.member.list({ guildId: id }))).toBe("UNKNOWN_GUILD")
      expect(await failureCode(call.member.kick({ guildId: id, userId: member.userId }))).toBe("UNKNOWN_GUILD")
      expect(await failureCode(call.member.setRoles({ guildId: id, userId: member.userId, roleIds: [] }))).toBe(
        "UNKNOWN_GUILD",
      )
    }
    const [one, other] = await Promise.all([
      failure(call.guild.leave({ guildId })),
      failure(call.guild.leave({ guildId: "1" })),
    ])
    expect(one).toEqual(other)
  })
  it.each(["0", "-1", "01", "1e3", "9223372036854775808", "'", ""])("has no id like %j", async (guildId) => {
    expect((await failure(owner.call.guild.leave({ guildId }))).code).toBe("BAD_REQUEST")
  })
  it("is deleted by its owner alone, with everything in it; nothing can be appended any more", async () => {
    const { guild, channels } = await guildWithMember()
    const channelId = channels[0]?.id ?? ""
    expect(await failureCode(member.call.guild.delete({ guildId: guild.id }))).toBe("FORBIDDEN")
    const since = await bed.head()
    await owner.call.guild.delete({ guildId: guild.id })
    expect(await bed.told(since)).toMatchObject([
      { audience: `guild:${guild.id}`, kind: "guild:removed", payload: { guildId: guild.id } },
    ])
    expect((await member.bootstrap()).guilds.map((g) => g.guild.id)).not.toContain(guild.id)
    expect(await failureCode(owner.call.message.page({ channelId }))).toBe("UNKNOWN_CHANNEL")
    expect(await bed.db.select().from(schema.channelHeads).where(eq(schema.channelHeads.channelId, channelId))).toEqual(
      [],
    )
  })
  it("is left by members, not by its owner", async () => {
    const { guild } = await guildWithMember()
    expect(await failureCode(owner.call.guild.leave({ guildId: guild.id }))).toBe("FORBIDDEN")
    const since = await bed.head()
    await member.call.guild.leave({ guildId: guild.id })
    expect(await bed.told(since)).toMatchObject([
      { audience: "node", kind: "member:left", payload: { guildId: guild.id, userId: member.userId } },
      { audience: `user:${member.userId}`, kind: "guild:removed", payload: { guildId: guild.id } },
    ])
    expect(await failureCode(member.call.guild.leave({ guildId: guild.id }))).toBe("UNKNOWN_GUILD")
  })
  it("is made only so often", async () => {
    await using strict = await testBed({ limitScale: 0.2 })
    const eager = await strict.person("Eager")
    await eager.call.guild.create({ name: "1" })
    await eager.call.guild.create({ name: "2" })
    expect(await failureCode(eager.call.guild.create({ name: "3" }))).toBe("RATE_LIMITED")
  })
  it("survives joins and deletes at the same moment without a deadlock", async () => {
    for (let i = 0; i < 5; i++) {
      const { guild } = await owner.call.guild.create({ name: "Brief" })
      const { code } = await owner.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
      const people = await Promise.all(["A", "B", "C"].map((name) => bed.person(name)))
      const results = await Promise.allSettled([
        ...people.map((p) => p.call.invite.join({ code })),
        owner.call.guild.delete({ guildId: guild.id }),
      ])
      const codes = await Promise.all(
        results.filter((r) => r.status === "rejected").map((r) => failureCode(Promise.reject(r.reason))),
      )
      expect(codes.filter((c) => c !== "UNKNOWN_INVITE")).toEqual([])
      for (const p of people) expect((await p.bootstrap()).guilds).toEqual([])
    }
  })
})
