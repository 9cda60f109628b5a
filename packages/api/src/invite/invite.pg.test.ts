import { schema } from "@hearth/db"
import { and, eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failure, failureCode, type Person, testBed } from "../test-bed.ts"
import { newInviteCode } from "./service.ts"

let bed: Bed
let owner: Person
let guildId: string
beforeAll(async () => {
  bed = await testBed()
  owner = await bed.person("Owner")
  guildId = (await owner.call.guild.create({ name: "Home" })).guild.id
})
afterAll(() => bed[Symbol.asyncDispose]())

const invite = (options: { expiresInMs?: number | null; maxUses?: number | null } = {}) =>
  owner.call.invite.create({ guildId, expiresInMs: null, maxUses: null, ...options })

describe("an invite", () => {
  it("has a code of at least 64 random bits", () => {
    const codes = Array.from({ length: 1000 }, newInviteCode)
    expect(new Set(codes).size).toBe(1000)
    for (const code of codes) expect(code).toMatch(/^[0-9A-Za-z]{12}$/)
    expect(12 * Math.log2(62)).toBeGreaterThan(64)
    expect(new Set(codes.join("")).size).toBe(62)
  })
  it("shows where it leads, to a stranger too", async () => {
    const { code } = await invite()
    expect(await bed.stranger().invite.preview({ code })).toMatchObject({
      code,
      guild: { id: guildId, name: "Home" },
      invitedBy: "Owner",
      alreadyMember: false,
    })
    expect((await owner.call.invite.preview({ code })).alreadyMember).toBe(true)
  })
  it("lets somebody join: they get the server as they see it, nodes hear of them first", async () => {
    const { code } = await invite()
    const ada = await bed.person("Ada")
    const since = await bed.head()
    const snapshot = await ada.call.invite.join({ code })
    expect(await bed.told(since)).toMatchObject([
      { audience: "node", kind: "member:joined", payload: { guildId, userId: ada.userId } },
      { audience: `user:${ada.userId}`, kind: "guild:added", payload: snapshot },
    ])
    expect((await ada.bootstrap()).guilds).toEqual([snapshot])
  })
  it("leaves what was said before as history: a newcomer has nothing unread", async () => {
    const { code } = await invite()
    const [channel] = (await owner.bootstrap()).guilds[0]?.channels ?? []
    const channelId = String(channel?.id)
    await bed.db.update(schema.channels).set({ lastSeq: 42 }).where(eq(schema.channels.id, channelId))
    const ada = await bed.person("Ada")
    const since = await bed.head()
    await ada.call.invite.join({ code })
    const mark = { channelId, lastReadSeq: 42 }
    expect(await bed.told(since)).toMatchObject([
      { kind: "member:joined" },
      { kind: "guild:added" },
      { audience: `user:${ada.userId}`, kind: "read:marked", payload: mark },
    ])
    expect(await ada.bootstrap()).toMatchObject({ readStates: [mark], heads: { [channelId]: 42 } })
    await bed.db.update(schema.channels).set({ lastSeq: 0 }).where(eq(schema.channels.id, channelId))
  })
  it("is joined by twice as by once: no second use, nothing told", async () => {
    const { code } = await invite({ maxUses: 2 })
    const ada = await bed.person("Ada")
    const first = await ada.call.invite.join({ code })
    const since = await bed.head()
    expect(await ada.call.invite.join({ code })).toEqual(first)
    expect(await bed.told(since)).toEqual([])
    const [row] = await bed.db.select().from(schema.invites).where(eq(schema.invites.code, code))
    expect(row?.uses).toBe(1)
  })
  it("counts its uses atomically: of eight who come at once for three, three join", async () => {
    const { code } = await invite({ maxUses: 3 })
    const people = await Promise.all(Array.from({ length: 8 }, (_, i) => bed.person(`P${i}`)))
    const results = await Promise.allSettled(people.map((p) => p.call.invite.join({ code })))
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(3)
    const joined = await Promise.all(people.map(async (p) => (await p.bootstrap()).guilds.length))
    expect(joined.filter((n) => n > 0)).toHaveLength(3)
    const [row] = await bed.db.select().from(schema.invites).where(eq(schema.invites.code, code))
    expect(row?.uses).toBe(3)
  })
  it("answers alike when it is unknown, expired, used up, revoked, nonsense, or its server is gone", async () => {
    const [expired, usedUp, revoked] = [
      await invite({ expiresInMs: 60_000 }),
      await invite({ maxUses: 1 }),
      await invite(),
    ]
    await (await bed.person("User")).call.invite.join({ code: usedUp.code })
    await owner.call.invite.revoke({ code: revoked.code })
    const gone = await owner.call.guild.create({ name: "Gone" })
    const orphan = await owner.call.invite.create({ guildId: gone.guild.id, expiresInMs: null, maxUses: null })
    await owner.call.guild.delete({ guildId: gone.guild.id })
    const late = await bed.person("Late")
    bed.pass(61_000)
    const codes = [newInviteCode(), expired.code, usedUp.code, revoked.code, orphan.code, "'; --", "…"]
    const answers = await Promise.all(
      codes.flatMap((code) => [
        failure(bed.stranger().invite.preview({ code })),
        failure(late.call.invite.join({ code })),
      ]),
    )
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1)
    expect(answers[0]?.code).toBe("UNKNOWN_INVITE")
    expect((await late.bootstrap()).guilds).toEqual([])
    expect((await owner.call.invite.list({ guildId })).items.map((i) => i.code)).not.toContain(expired.code)
  })
  it.each([
    [{ expiresInMs: 59_999 }, "An invite lives for at least a minute."],
    [{ expiresInMs: 31 * 86_400_000 }, "An invite lives for at most 30 days, or for ever."],
    [{ maxUses: 0 }, "An invite has at least one use."],
    [{ maxUses: 1001 }, "An invite has at most 1,000 uses."],
  ])("is never made with %j", async (options, message) => {
    expect(await failure(invite(options))).toMatchObject({ code: "BAD_REQUEST", message })
  })
  it("is listed page by page: all of them to who manages them, to others their own", async () => {
    const { guild } = await owner.call.guild.create({ name: "Lists" })
    const make = (who: Person) => who.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
    const member = await bed.person("Member")
    const codes = [(await make(owner)).code]
    await member.call.invite.join({ code: codes[0] ?? "" })
    for (let i = 0; i < 4; i++) codes.push((await make(i % 2 ? owner : member)).code)
    const all: string[] = []
    for (let cursor: string | undefined; ; ) {
      const { items, next } = await owner.call.invite.list({ guildId: guild.id, limit: 2, cursor })
      all.push(...items.map((i) => i.code))
      if (!next) break
      cursor = next
    }
    expect(all.length).toBe(5)
    expect(new Set(all)).toEqual(new Set(codes))
    const own = (await member.call.invite.list({ guildId: guild.id })).items
    expect(own.map((i) => i.createdBy.id)).toEqual([member.userId, member.userId])
    expect(await failureCode(member.call.invite.revoke({ code: codes[0] ?? "" }))).toBe("FORBIDDEN")
    await member.call.invite.revoke({ code: own[0]?.code ?? "" })
    expect((await member.call.invite.list({ guildId: guild.id })).items).toHaveLength(1)
    const outsider = await bed.person("Outsider")
    expect(await failureCode(outsider.call.invite.revoke({ code: codes[0] ?? "" }))).toBe("UNKNOWN_INVITE")
  })
  it("needs the permission to invite", async () => {
    const { guild, roles } = await owner.call.guild.create({ name: "Closed" })
    const { code } = await owner.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
    const member = await bed.person("Member")
    await member.call.invite.join({ code })
    await bed.db
      .update(schema.roles)
      .set({ permissions: 1n })
      .where(and(eq(schema.roles.id, roles[0]?.id ?? "")))
    expect(await failureCode(member.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null }))).toBe(
      "FORBIDDEN",
    )
  })
  it.each(["x", "W10", "WzEsMl0", Buffer.from(JSON.stringify(["a", "b"])).toString("base64url")])(
    "is not listed from a place that was made up: %j",
    async (cursor) => {
      expect(await failureCode(owner.call.invite.list({ guildId, cursor }))).toBe("BAD_REQUEST")
      expect(await failureCode(owner.call.member.list({ guildId, cursor }))).toBe("BAD_REQUEST")
      expect(await failureCode(owner.call.session.list({ cursor }))).toBe("BAD_REQUEST")
    },
  )
  it("cannot be guessed at: previews and joins are limited by address", async () => {
    await using strict = await testBed({ limitScale: 0.05 })
    const guesser = strict.stranger("203.0.113.7")
    for (let i = 0; i < 3; i++) expect(await failureCode(guesser.invite.preview({ code: "x" }))).toBe("UNKNOWN_INVITE")
    expect(await failureCode(guesser.invite.preview({ code: "x" }))).toBe("RATE_LIMITED")
    const joiner = await strict.person("Joiner")
    expect(await failureCode(joiner.call.invite.join({ code: "x" }))).toBe("UNKNOWN_INVITE")
    expect(await failureCode(joiner.call.invite.join({ code: "x" }))).toBe("RATE_LIMITED")
  })
})
