import { bits, MAX_CHANNELS, newSnowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failure, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let owner: Person
let member: Person
let outsider: Person
let guildId: string
beforeAll(async () => {
  bed = await testBed()
  owner = await bed.person("Owner")
  member = await bed.person("Member")
  outsider = await bed.person("Outsider")
  guildId = (await owner.call.guild.create({ name: "Home" })).guild.id
  const { code } = await owner.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
  await member.call.invite.join({ code })
})
afterAll(() => bed[Symbol.asyncDispose]())

/** Takes a channel out of @everyone's sight. */
const hide = (channelId: string) =>
  bed.db
    .insert(schema.channelOverwrites)
    .values({ channelId, target: "role", targetId: guildId, allow: 0n, deny: bits("VIEW_CHANNEL") })

const names = async (person: Person) =>
  (await person.bootstrap()).guilds.find((g) => g.guild.id === guildId)?.channels.map((c) => c.name)

describe("a channel", () => {
  it("is made at the end of the list, with the head of its log, and everybody who may see it is told", async () => {
    const since = await bed.head()
    const channel = await owner.call.channel.create({ guildId, name: "Big News", topic: " what\nhappens " })
    expect(channel).toMatchObject({ name: "big-news", topic: "what happens", position: 1, overwrites: [] })
    expect(await bed.told(since)).toMatchObject([
      { audience: `guild:${guildId}`, kind: "channel:added", payload: channel, guildId, channelId: channel.id },
    ])
    const heads = await bed.db.select().from(schema.channelHeads).where(eq(schema.channelHeads.channelId, channel.id))
    expect(heads).toHaveLength(1)
    expect(await names(member)).toEqual(["general", "big-news"])
  })
  it("is changed in part", async () => {
    const { id } = await owner.call.channel.create({ guildId, name: "part", topic: "old" })
    expect(await owner.call.channel.update({ channelId: id, topic: "" })).toMatchObject({ name: "part", topic: "" })
    expect(await owner.call.channel.update({ channelId: id, name: "whole" })).toMatchObject({
      name: "whole",
      topic: "",
    })
    expect((await failure(owner.call.channel.update({ channelId: id }))).message).toBe("There is nothing to change.")
  })
  it("is slow for as long as it is said to be, and says nothing of it when it is not", async () => {
    const { id } = await owner.call.channel.create({ guildId, name: "slow" })
    const since = await bed.head()
    const slow = await owner.call.channel.update({ channelId: id, slowmodeSeconds: 30 })
    expect(slow).toMatchObject({ name: "slow", slowmodeSeconds: 30 })
    expect(await bed.told(since)).toMatchObject([{ kind: "channel:updated", payload: { slowmodeSeconds: 30 } }])
    // Who changes something else leaves it as it is.
    expect(await owner.call.channel.update({ channelId: id, topic: "t" })).toMatchObject({ slowmodeSeconds: 30 })
    const seen = async () =>
      (await member.bootstrap()).guilds.flatMap((g) => g.channels).find((c) => c.id === id)?.slowmodeSeconds
    expect(await seen()).toBe(30)
    expect(await failureCode(member.call.channel.update({ channelId: id, slowmodeSeconds: 0 }))).toBe("FORBIDDEN")
    const off = await owner.call.channel.update({ channelId: id, slowmodeSeconds: 0 })
    expect(off).not.toHaveProperty("slowmodeSeconds")
    expect(await seen()).toBeUndefined()
    await expect(owner.call.channel.update({ channelId: id, slowmodeSeconds: 21_601 })).rejects.toThrow()
  })
  it("is deleted with its overwrites and its log's head", async () => {
    const { id } = await owner.call.channel.create({ guildId, name: "gone" })
    const since = await bed.head()
    await owner.call.channel.delete({ channelId: id })
    expect(await bed.told(since)).toMatchObject([
      { audience: `guild:${guildId}`, kind: "channel:removed", payload: { guildId, channelId: id } },
    ])
    expect(await failureCode(owner.call.channel.delete({ channelId: id }))).toBe("UNKNOWN_CHANNEL")
    expect(await bed.db.select().from(schema.channelHeads).where(eq(schema.channelHeads.channelId, id))).toEqual([])
  })
  it("is managed by who may, and by nobody else", async () => {
    const { id } = await owner.call.channel.create({ guildId, name: "kept" })
    const since = await bed.head()
    expect(await failureCode(member.call.channel.create({ guildId, name: "mine" }))).toBe("FORBIDDEN")
    expect(await failureCode(member.call.channel.update({ channelId: id, name: "mine" }))).toBe("FORBIDDEN")
    expect(await failureCode(member.call.channel.delete({ channelId: id }))).toBe("FORBIDDEN")
    expect(await failureCode(member.call.channel.reorder({ guildId, channelIds: [id] }))).toBe("FORBIDDEN")
    expect(await failureCode(outsider.call.channel.update({ channelId: id, name: "mine" }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(outsider.call.channel.delete({ channelId: id }))).toBe("UNKNOWN_CHANNEL")
    expect(await bed.told(since)).toEqual([])
  })
  it("that one may not view answers exactly like one that never was", async () => {
    const { id } = await owner.call.channel.create({ guildId, name: "secret" })
    await hide(id)
    expect(await names(member)).not.toContain("secret")
    expect(await names(owner)).toContain("secret")
    const unknown = newSnowflake()
    for (const ask of [
      (channelId: string) => member.call.channel.update({ channelId, name: "found" }),
      (channelId: string) => member.call.channel.delete({ channelId }),
      (channelId: string) => member.call.message.page({ channelId }),
    ])
      expect(await failure(ask(id))).toEqual(await failure(ask(unknown)))
    const since = await bed.head()
    await owner.call.channel.update({ channelId: id, name: "still-secret" })
    await owner.call.channel.delete({ channelId: id })
    expect((await bed.told(since)).map((row) => row.audience)).toEqual([`audience:${id}`, `audience:${id}`])
  })
  it.each([
    ["", "The channel's name is empty."],
    [" \u200b ", "The channel's name is empty."],
    ["x".repeat(41), "The channel's name has more than 40 characters."],
    ["x".repeat(401), "The channel's name is too long."],
  ])("is never named %j", async (name, message) => {
    expect(await failure(owner.call.channel.create({ guildId, name }))).toEqual({
      code: "BAD_REQUEST",
      message,
      field: "name",
    })
  })
  it("has a topic of at most 250 characters", async () => {
    expect(await failureCode(owner.call.channel.create({ guildId, name: "t", topic: "x".repeat(251) }))).toBe(
      "BAD_REQUEST",
    )
    await owner.call.channel.create({ guildId, name: "t", topic: "x".repeat(250) })
  })
  it(`comes to an end at ${MAX_CHANNELS} in one server, also when many are made at once`, async () => {
    const crowd = (await owner.call.guild.create({ name: "Crowd" })).guild.id
    await bed.db.insert(schema.channels).values(
      Array.from({ length: MAX_CHANNELS - 3 }, (_, i) => ({
        id: newSnowflake(),
        guildId: crowd,
        name: `c${i}`,
        position: i + 1,
      })),
    )
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, (_, i) => owner.call.channel.create({ guildId: crowd, name: `last-${i}` })),
    )
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(2)
    expect(await failureCode(owner.call.channel.create({ guildId: crowd, name: "more" }))).toBe("TOO_MANY")
    const rows = await bed.db.select().from(schema.channels).where(eq(schema.channels.guildId, crowd))
    expect(rows).toHaveLength(MAX_CHANNELS)
    expect(new Set(rows.map((r) => r.position)).size).toBe(MAX_CHANNELS)
  })
})

describe("the order of channels", () => {
  const fresh = async () => {
    const { guild, channels } = await owner.call.guild.create({ name: "Order" })
    const made = [channels[0]?.id ?? ""]
    for (const name of ["b", "c", "d"]) made.push((await owner.call.channel.create({ guildId: guild.id, name })).id)
    return { guildId: guild.id, ids: made as [string, string, string, string] }
  }
  const order = async (id: string) =>
    (await owner.bootstrap()).guilds.find((g) => g.guild.id === id)?.channels.map((c) => c.id)

  it("is told once to everybody when everybody may see all of them", async () => {
    const { guildId: id, ids } = await fresh()
    const [a, b, c, d] = ids
    const since = await bed.head()
    await owner.call.channel.reorder({ guildId: id, channelIds: [d, a, c, b] })
    expect(await order(id)).toEqual([d, a, c, b])
    expect(await bed.told(since)).toMatchObject([
      { audience: `guild:${id}`, kind: "channels:reordered", payload: { guildId: id, channelIds: [d, a, c, b] } },
    ])
  })
  it("changes nothing, and tells nothing, when it is as it was", async () => {
    const { guildId: id, ids } = await fresh()
    const since = await bed.head()
    await owner.call.channel.reorder({ guildId: id, channelIds: ids })
    expect(await bed.told(since)).toEqual([])
  })
  it("does not tell the guild of a channel that not everybody may see", async () => {
    const { guildId: id, ids } = await fresh()
    const [a, b, c, d] = ids
    await bed.db
      .insert(schema.channelOverwrites)
      .values({ channelId: c, target: "role", targetId: id, allow: 0n, deny: bits("VIEW_CHANNEL") })
    const since = await bed.head()
    await owner.call.channel.reorder({ guildId: id, channelIds: [c, b, a, d] })
    const told = await bed.told(since)
    expect(told.map(({ audience, kind }) => ({ audience, kind }))).toEqual([
      { audience: `audience:${c}`, kind: "channel:updated" },
      { audience: `guild:${id}`, kind: "channel:updated" },
    ])
    expect(JSON.stringify(told.filter((t) => t.audience === `guild:${id}`))).not.toContain(c)
  })
  it.each(["one missing", "one twice", "one too many", "a stranger among them"])("is refused with %s", async (what) => {
    const { guildId: id, ids } = await fresh()
    const [a, b, c, d] = ids
    const wrong = {
      "one missing": [a, b, c],
      "one twice": [a, b, c, c],
      "one too many": [a, b, c, d, d],
      "a stranger among them": [a, b, c, newSnowflake()],
    }[what] as string[]
    expect(await failureCode(owner.call.channel.reorder({ guildId: id, channelIds: wrong }))).toBe("CONFLICT")
    expect(await order(id)).toEqual(ids)
  })
})
