import { bits, MAX_CONTENT_POINTS, MAX_DRAFTS, newSnowflake, userRoom } from "@hearth/core"
import { schema } from "@hearth/db"
import { BodyKeys, draftPlace, newBodyKey, openBodies, rotateDrafts } from "@hearth/db/message-store"
import { eq, sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

const [first, second] = [newBodyKey(1), newBodyKey(2)]
let bed: Bed
let ada: Person
let bob: Person
let guildId: string
let channelId: string
beforeAll(async () => {
  bed = await testBed({ bodyKeys: BodyKeys.parse(first) })
  ;[ada, bob] = [await bed.person("Ada"), await bed.person("Bob")]
  const { guild, channels } = await ada.call.guild.create({ name: "Home" })
  guildId = guild.id
  channelId = channels[0]?.id ?? ""
  const { code } = await ada.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
})
afterAll(() => bed[Symbol.asyncDispose]())

const save = (person: Person, version: number, content: string, replyTo: number | null = null) =>
  person.call.draft.save({ channelId, version, content, replyTo })
const stored = (userId: string) => bed.db.select().from(schema.drafts).where(eq(schema.drafts.userId, userId))

describe("drafts", () => {
  it("[7.6] are one's own, there on every device, and told without what they say", async () => {
    const since = await bed.head()
    const { version } = await save(bob, 0, "  half a sent\r\n", 4)
    const expected = { channelId, version, content: "  half a sent\n", replyTo: 4 }
    expect(await bob.call.draft.get({ channelId })).toMatchObject(expected)
    expect((await bob.call.draft.list({})).items).toMatchObject([expected])
    expect((await bob.bootstrap()).drafts).toEqual({ [channelId]: version })
    expect((await bed.told(since)).map(({ kind, audience, payload }) => [kind, audience, payload])).toEqual([
      ["draft:saved", userRoom(bob.userId), { channelId, version }],
    ])
    // Nobody else's.
    expect(await ada.call.draft.get({ channelId })).toBeNull()
    expect((await ada.call.draft.list({})).items).toEqual([])
    expect((await ada.bootstrap()).drafts).toBeUndefined()
    // Nor anybody's who can read the table.
    const [row] = await stored(bob.userId)
    expect(row?.body.includes("half a sent")).toBe(false)
  })

  it("[7.6] an old version is answered with what stands there, and writes nothing over it", async () => {
    const before = await bob.call.draft.get({ channelId })
    const { version } = await save(bob, before?.version ?? 0, "from the desk")
    expect(version).toBeGreaterThan(before?.version ?? 0)
    const since = await bed.head()
    expect(await save(bob, before?.version ?? 0, "from the phone")).toMatchObject({
      version,
      current: { version, content: "from the desk" },
    })
    expect(await save(bob, 0, "")).toMatchObject({ current: { content: "from the desk" } })
    // The same words are no conflict, and no news.
    expect(await save(bob, 0, "from the desk")).toEqual({ version })
    expect(await bed.told(since)).toEqual([])
    expect((await bob.call.draft.get({ channelId }))?.content).toBe("from the desk")
  })

  it("[7.6] two devices that write at once: one is saved, the other is told", async () => {
    const now = (await bob.call.draft.get({ channelId }))?.version ?? 0
    const both = await Promise.all(["one", "two", "three"].map((text) => save(bob, now, text)))
    const won = both.filter((reply) => !reply.current)
    expect(won).toHaveLength(1)
    for (const reply of both) expect(reply.version).toBe(won[0]?.version)
    // Of nothing, too.
    await save(bob, won[0]?.version ?? 0, "")
    const anew = await Promise.all(["one", "two"].map((text) => save(bob, 0, text)))
    expect(anew.filter((reply) => !reply.current)).toHaveLength(1)
  })

  it("[7.6] go with their last letter, are told to be gone once, and never have an old version again", async () => {
    const now = await bob.call.draft.get({ channelId })
    const since = await bed.head()
    expect(await save(bob, now?.version ?? 0, " \n ")).toEqual({ version: 0 })
    expect(await save(bob, now?.version ?? 0, "")).toEqual({ version: 0 })
    expect(await bob.call.draft.get({ channelId })).toBeNull()
    expect((await bob.bootstrap()).drafts).toBeUndefined()
    const [removed, ...more] = await bed.told(since)
    expect(more).toEqual([])
    expect(removed).toMatchObject({ kind: "draft:removed", audience: userRoom(bob.userId) })
    // A device that was away names a version that is gone: nothing can be lost.
    const { version } = await save(bob, now?.version ?? 0, "again")
    expect(version).toBeGreaterThan((removed as { payload: { version: number } }).payload.version)
    // An answer alone is worth keeping.
    expect((await save(bob, version, "", 3)).version).toBeGreaterThan(version)
  })

  it("are for who may view the channel", async () => {
    const outsider = await bed.person("Outsider")
    expect(await failureCode(save(outsider, 0, "hello"))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(outsider.call.draft.get({ channelId }))).toBe("UNKNOWN_CHANNEL")
    const denied = { channelId, target: "member", targetId: bob.userId, allow: 0n, deny: bits("VIEW_CHANNEL") } as const
    await bed.db.insert(schema.channelOverwrites).values(denied)
    expect(await failureCode(save(bob, 0, "hello"))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(bob.call.draft.get({ channelId }))).toBe("UNKNOWN_CHANNEL")
    expect((await bob.call.draft.list({})).items).toEqual([])
    expect((await bob.bootstrap()).drafts).toBeUndefined()
    await bed.db.delete(schema.channelOverwrites).where(eq(schema.channelOverwrites.channelId, channelId))
    expect((await bob.call.draft.list({})).items).toHaveLength(1)
  })

  it("are refused when they are longer than a message, and counted", async () => {
    expect(await failureCode(save(bob, 0, "x".repeat(MAX_CONTENT_POINTS + 1)))).toBe("BAD_REQUEST")
    expect(await failureCode(save(bob, 0, "\ud800"))).toBe("BAD_REQUEST")
    await using strict = await testBed({ limitScale: 0.1 })
    const eve = await strict.person("Eve")
    const { channels } = await eve.call.guild.create({ name: "Eve's" })
    const often = () =>
      eve.call.draft.save({ channelId: channels[0]?.id ?? "", version: 0, content: "x", replyTo: null })
    for (let i = 0; i < 3; i++) await often()
    expect(await failureCode(often())).toBe("RATE_LIMITED")
  })

  it("[7.6] are bounded: the one that was touched longest ago goes, and is told; the list comes page by page", async () => {
    const carl = await bed.person("Carl")
    const { bodies } = bed.deps
    const { guild } = await carl.call.guild.create({ name: "Many" })
    const ids = Array.from({ length: MAX_DRAFTS + 1 }, newSnowflake)
    const rows = ids.map((id, i) => ({ id, guildId: guild.id, name: `c${i}`, position: i + 1 }))
    await bed.db.insert(schema.channels).values(rows)
    const write = (id: string, version = 0) =>
      carl.call.draft.save({ channelId: id, version, content: `in ${id}`, replyTo: null })
    const [oldest = "", next = "", ...others] = ids
    const last = others.at(-1) ?? ""
    const { version } = await write(oldest)
    const nextOne = await write(next)
    await bed.db.insert(schema.drafts).values(
      others.slice(0, -1).map((id) => ({
        userId: carl.userId,
        channelId: id,
        version: sql<number>`nextval('draft_version')`,
        body: bodies.seal(`in ${id}`, draftPlace(carl.userId, id)),
        updatedAt: new Date(),
      })),
    )
    // Touched again: now another is the oldest.
    await carl.call.draft.save({ channelId: oldest, version, content: "touched", replyTo: null })
    const since = await bed.head()
    await write(last)
    expect(await stored(carl.userId)).toHaveLength(MAX_DRAFTS)
    expect(await carl.call.draft.get({ channelId: next })).toBeNull()
    expect(
      (await bed.told(since)).map(({ kind, payload }) => [kind, (payload as { channelId: string }).channelId]),
    ).toEqual([
      ["draft:removed", next],
      ["draft:saved", last],
    ])
    expect(nextOne.version).toBeGreaterThan(version)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await carl.call.draft.list({ limit: 100, ...(cursor && { cursor }) })
      seen.push(...page.items.map((d) => d.channelId))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toHaveLength(MAX_DRAFTS)
    expect(new Set(seen).size).toBe(MAX_DRAFTS)
    expect(seen.slice(0, 2)).toEqual([last, oldest])
  })

  it("are put under a new key while people write, and read as before", async () => {
    const now = await bob.call.draft.get({ channelId })
    await save(bob, now?.version ?? 0, "under keys")
    const bodies = openBodies(BodyKeys.parse(`${second},${first}`))
    const all = await bed.db.$count(schema.drafts)
    expect(all).toBeGreaterThan(0)
    expect(await rotateDrafts({ db: bed.db, bodies })).toBe(all)
    expect(await rotateDrafts({ db: bed.db, bodies })).toBe(0)
    // This process does not know the new key: it says so, and shows nothing wrong.
    expect(await failureCode(bob.call.draft.get({ channelId }))).toBe("UNAVAILABLE")
    const old = openBodies(BodyKeys.parse(`${first},${second}`))
    await rotateDrafts({ db: bed.db, bodies: old })
    expect((await bob.call.draft.get({ channelId }))?.content).toBe("under keys")
    // A row that was moved to somebody else's name opens for nobody.
    const [row] = await stored(bob.userId)
    await bed.db.insert(schema.drafts).values({ ...row!, userId: ada.userId })
    expect(await failureCode(ada.call.draft.get({ channelId }))).toBe("UNAVAILABLE")
    await bed.db.delete(schema.drafts).where(eq(schema.drafts.userId, ada.userId))
  })

  it("come back with a channel that one may view again, and can be written over by who knows them", async () => {
    const { guild, roles, channels } = await ada.call.guild.create({ name: "Roles" })
    const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
    await bob.call.invite.join({ code })
    const secret = channels[0]?.id ?? ""
    const hidden = { channelId: secret, target: "role", targetId: guild.id, allow: 0n, deny: bits("VIEW_CHANNEL") }
    await bed.db.insert(schema.channelOverwrites).values({ ...hidden, target: "role" as const })
    const roleIds = [roles.at(-1)?.id ?? ""]
    const setRoles = (ids: string[]) =>
      ada.call.member.setRoles({ guildId: guild.id, userId: bob.userId, roleIds: ids })
    await setRoles(roleIds)
    const { version } = await bob.call.draft.save({ channelId: secret, version: 0, content: "psst", replyTo: null })
    await setRoles([])
    const since = await bed.head()
    await setRoles(roleIds)
    const told = (await bed.told(since)).filter(({ kind }) => kind === "channel:added" || kind.startsWith("draft"))
    expect(told.map(({ kind, audience, payload }) => [kind, audience, payload]).slice(1)).toEqual([
      ["draft:saved", userRoom(bob.userId), { channelId: secret, version }],
    ])
    // Its key is gone: nobody reads it, but it is in nobody's way.
    await bed.db
      .update(schema.drafts)
      .set({ body: Buffer.from("no longer readable, whatever the key may be") })
      .where(eq(schema.drafts.channelId, secret))
    const over = { channelId: secret, version, content: "written over", replyTo: null }
    expect((await bob.call.draft.save(over)).current).toBeUndefined()
    expect((await bob.call.draft.get({ channelId: secret }))?.content).toBe("written over")
    await ada.call.guild.delete({ guildId: guild.id })
  })

  it("end with the membership, the channel and the account", async () => {
    const mine = await bob.call.guild.create({ name: "Bob's" })
    const home = mine.channels[0]?.id ?? ""
    await bob.call.draft.save({ channelId: home, version: 0, content: "at home", replyTo: null })
    await ada.call.member.kick({ guildId, userId: bob.userId })
    expect((await stored(bob.userId)).map((d) => d.channelId)).toEqual([home])
    await bob.call.channel.delete({ channelId: home })
    expect(await stored(bob.userId)).toEqual([])
    const dora = await bed.person("Dora")
    const theirs = await ada.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
    await dora.call.invite.join({ code: theirs.code })
    await save(dora, 0, "Dora's")
    await bed.db.delete(schema.users).where(eq(schema.users.id, dora.userId))
    expect(await stored(dora.userId)).toEqual([])
  })
})
