import { newSnowflake, type Snowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { consumeMentions } from "@hearth/db/mentions"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { toCursor } from "../paging.ts"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

describe("the list of what addresses one", () => {
  let owner: Person
  let guest: Person
  let guildId: Snowflake
  let general: Snowflake
  let nonce = 0

  beforeEach(async () => {
    owner = await bed.person("Owner")
    guest = await bed.person("Guest")
    const made = await owner.call.guild.create({ name: "Home" })
    guildId = made.guild.id
    general = made.channels[0]?.id ?? ""
    const { code } = await owner.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
    await guest.call.invite.join({ code })
  })

  const say = async (content: string, { by = owner, channelId = general } = {}): Promise<number> => {
    const { db, store } = bed.deps
    const draft = { authorId: by.userId, nonce: `nonce-${String(nonce++).padStart(14, "0")}`, content, replyTo: null }
    const { packet } = await store.append(channelId, [draft])
    await consumeMentions(db, store, channelId)
    return packet?.head ?? 0
  }
  const begin = async (): Promise<Snowflake> => {
    const id = newSnowflake()
    const { db } = bed.deps
    await db.insert(schema.channels).values({ id, guildId, parentId: general, name: "", position: 0 })
    await db.insert(schema.channelHeads).values({ channelId: id })
    return id
  }
  const list = (limit = 50, cursor?: string) => guest.call.mention.list({ limit, cursor })
  const told = ({ items }: Awaited<ReturnType<typeof list>>) => items.map((i) => [i.kind, i.message.content])

  it("has read ones too, in threads as well, the newest first, each message once, by the way that is nearest", async () => {
    const me = `<@${guest.userId}>`
    await say(`${me} one`)
    await say("nobody")
    await say(`@everyone ${me} two`)
    await say("@everyone three")
    await say(`<@${owner.userId}> @everyone mine`, { by: guest })
    const thread = await begin()
    await say(`${me} four`, { channelId: thread })
    await bed.deps.db.insert(schema.readStates).values({ userId: guest.userId, channelId: general, lastReadSeq: 3 })
    const found = await list()
    expect(told(found)).toEqual([
      ["user", `${me} four`],
      ["everyone", "@everyone three"],
      ["user", `@everyone ${me} two`],
      ["user", `${me} one`],
    ])
    expect(found.items[0]).toMatchObject({
      guildId,
      channelId: thread,
      parentId: general,
      author: { displayName: "Owner" },
    })
    expect(found.items[1]).not.toHaveProperty("parentId")
    expect(found.next).toBeNull()
  })

  it("comes in pages, whose places hold while more is said", async () => {
    for (const n of [1, 2, 3, 4, 5]) await say(`<@${guest.userId}> @everyone ${n}`)
    const said = ({ items }: Awaited<ReturnType<typeof list>>) => items.map((i) => i.message.seq)
    const first = await list(2)
    expect(said(first)).toEqual([5, 4])
    await say(`<@${guest.userId}> 6`)
    const second = await list(2, first.next ?? "")
    expect(said(second)).toEqual([3, 2])
    const third = await list(2, second.next ?? "")
    expect([said(third), third.next]).toEqual([[1], null])
    const forged = toCursor(["1", "9999999999999999999", "1"])
    for (const cursor of ["nowhere", forged]) expect(await failureCode(list(1, cursor))).toBe("BAD_REQUEST")
  })

  it("has nothing that is deleted, whoever told of that, nor what an edit took back", async () => {
    const { db, store } = bed.deps
    for (const n of [1, 2, 3]) await say(`<@${guest.userId}> ${n}`)
    await store.change(general, [{ kind: "delete", seq: 3, by: null }])
    expect((await list()).items.map((i) => i.message.seq)).toEqual([2, 1])
    await store.change(general, [{ kind: "edit", seq: 2, version: 1, content: "nobody", by: owner.userId }])
    await consumeMentions(db, store, general)
    expect((await list()).items.map((i) => i.message.seq)).toEqual([1])
  })

  it("has nothing of what one may not view, in its threads neither, and nothing for strangers", async () => {
    const thread = await begin()
    await say(`<@${guest.userId}>`)
    await say("@everyone", { channelId: thread })
    expect((await list()).items).toHaveLength(2)
    await bed.deps.db.execute(sql`update roles set permissions = 0 where id = ${guildId}::bigint`)
    expect((await list()).items).toEqual([])
    expect(await failureCode(bed.stranger().mention.list({ limit: 5 }))).toBe("UNAUTHENTICATED")
  })
})
