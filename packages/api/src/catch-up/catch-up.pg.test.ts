import { raiseLastSeq, schema } from "@hearth/db"
import { consumeMentions } from "@hearth/db/mentions"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())

describe("catching up", () => {
  let owner: Person
  let guest: Person
  let guildId: string
  let channels: string[]
  let nonce = 0

  beforeEach(async () => {
    owner = await bed.person("Owner")
    guest = await bed.person("Guest")
    const made = await owner.call.guild.create({ name: "Home" })
    guildId = made.guild.id
    const more = []
    for (const name of ["b", "c", "d"]) more.push((await owner.call.channel.create({ guildId, name })).id)
    channels = [...made.channels.map((c) => c.id), ...more]
    const { code } = await owner.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
    await guest.call.invite.join({ code })
  })

  const say = async (channel: number, content: string, by = owner): Promise<number> => {
    const channelId = channels[channel] ?? ""
    const { db, store } = bed.deps
    const draft = { authorId: by.userId, nonce: `nonce-${String(nonce++).padStart(14, "0")}`, content, replyTo: null }
    const { packet } = await store.append(channelId, [draft])
    await consumeMentions(db, store, channelId)
    await raiseLastSeq(db, [[channelId, packet?.head ?? 0]])
    return packet?.head ?? 0
  }
  const list = (limit = 50, cursor?: string) => guest.call.catchUp.list({ limit, cursor })
  const at = ({ items }: Awaited<ReturnType<typeof list>>) => items.map((i) => channels.indexOf(i.channelId))

  it("brings first what addresses one, the newest first, then what moved, and nothing that was read", async () => {
    await say(1, "only moved")
    await say(2, `<@${guest.userId}> one`)
    await say(2, `<@${guest.userId}> two`)
    await say(0, "@everyone")
    const found = await list()
    expect(at(found)).toEqual([0, 2, 1])
    expect(found.items).toMatchObject([
      { guildId, asks: 1, why: "everyone", said: { seq: 1, content: "@everyone" } },
      { asks: 2, why: "user", said: { seq: 2, content: `<@${guest.userId}> two` }, people: [{ displayName: "Owner" }] },
      { asks: 0, why: null, said: { content: "only moved" } },
    ])
    expect(found.next).toBeNull()
    await bed.deps.db
      .insert(schema.readStates)
      .values({ userId: guest.userId, channelId: channels[2] ?? "", lastReadSeq: 2 })
    expect(at(await list())).toEqual([0, 1])
  })

  it("comes in pages, whose places hold while entries are done", async () => {
    for (const channel of [0, 1, 2, 3]) await say(channel, channel < 2 ? `<@${guest.userId}>` : "moved")
    const first = await list(1)
    expect(at(first)).toEqual([1])
    await bed.deps.db
      .insert(schema.readStates)
      .values({ userId: guest.userId, channelId: channels[1] ?? "", lastReadSeq: 1 })
    const second = await list(2, first.next ?? "")
    expect(at(second)).toEqual([0, 2])
    const third = await list(2, second.next ?? "")
    expect(at(third)).toEqual([3])
    expect(third.next).toBeNull()
    expect(await failureCode(list(1, "nowhere"))).toBe("BAD_REQUEST")
  })

  const answer = async (thread: { id: string }, content: string, by = owner): Promise<void> => {
    const { db, store } = bed.deps
    const draft = { authorId: by.userId, nonce: `nonce-${String(nonce++).padStart(14, "0")}`, content, replyTo: null }
    await store.append(thread.id, [draft])
    const place = await owner.call.thread.get({ threadId: thread.id })
    await consumeMentions(db, store, thread.id, { thread: { place, tell: async () => {} } })
  }

  it("has the threads that one follows before what moved, the newest first, with what was said last in them", async () => {
    await say(0, "a question")
    await say(1, `<@${guest.userId}> another`)
    const begin = (channel: number, who: Person) =>
      who.call.thread.start({ channelId: channels[channel] ?? "", seq: 1 })
    const mine = await begin(0, guest)
    const another = await begin(1, guest)
    await answer(mine, "first", guest)
    await answer(another, "here, too")
    await answer(mine, "one answer")
    await answer(mine, "and one more")
    const found = await list()
    expect(found.items.map((i) => i.thread?.id ?? channels.indexOf(i.channelId))).toEqual([1, mine.id, another.id, 0])
    expect(found.items[1]).toMatchObject({
      guildId,
      channelId: channels[0],
      thread: { seq: 1, replies: 3, lastReadSeq: 1 },
      asks: 0,
      said: { seq: 3, content: "and one more" },
      people: [{ displayName: "Owner" }, { displayName: "Guest" }],
    })
    const second = await list(1, (await list(1)).next ?? "")
    expect(second.items).toMatchObject([{ thread: { id: mine.id } }])
    expect((await list(5, second.next ?? "")).items.map((i) => i.thread?.id)).toEqual([another.id, undefined])
    await guest.call.thread.follow({ threadId: mine.id, following: true, muted: true })
    await bed.deps.db.insert(schema.readStates).values({ userId: guest.userId, channelId: another.id, lastReadSeq: 1 })
    expect(at(await list())).toEqual([1, 0])
    const outsider = await bed.person("Outsider")
    expect((await outsider.call.catchUp.list({ limit: 5 })).items).toEqual([])
  })

  it("never counts what is deleted, even when nobody had told so yet", async () => {
    const seq = await say(0, `<@${guest.userId}>`)
    await bed.deps.store.change(channels[0] ?? "", [{ kind: "delete", seq, by: null }])
    expect((await list()).items).toMatchObject([{ asks: 0, why: null, said: null, people: [] }])
    expect(await guest.bootstrap()).not.toHaveProperty("mentions")
    expect(await guest.bootstrap()).not.toHaveProperty("deleted")
    // Once it is known to all it did not even move.
    await consumeMentions(bed.deps.db, bed.deps.store, channels[0] ?? "")
    expect((await list()).items).toEqual([])
    expect(await guest.bootstrap()).toMatchObject({
      heads: { [channels[0] ?? ""]: 1 },
      deleted: { [channels[0] ?? ""]: [seq] },
    })
    await bed.deps.db.execute(sql`update roles set permissions = 0 where id = ${guildId}::bigint`)
    expect(await guest.bootstrap()).not.toHaveProperty("deleted")
  })

  it("says why of the message that it shows, when a newer one is deleted", async () => {
    await say(0, `<@${guest.userId}>`)
    const seq = await say(0, "@everyone")
    await bed.deps.store.change(channels[0] ?? "", [{ kind: "delete", seq, by: null }])
    expect((await list()).items).toMatchObject([{ asks: 1, why: "user", said: { seq: 1 } }])
  })

  it("passes by what the store does not find this time, and forgets nothing of it", async () => {
    await say(0, `<@${guest.userId}> one`)
    await say(0, `<@${guest.userId}> two`)
    const get = vi.spyOn(bed.deps.store, "get").mockResolvedValueOnce(null)
    expect((await list()).items).toMatchObject([{ asks: 1, said: { seq: 1 } }])
    get.mockRestore()
    expect((await list()).items).toMatchObject([{ asks: 2, said: { seq: 2 } }])
  })

  it("shows nothing of what one may not view", async () => {
    await say(0, `<@${guest.userId}>`)
    await bed.deps.db.execute(sql`update roles set permissions = 0 where id = ${guildId}::bigint`)
    expect((await list()).items).toEqual([])
    expect(await failureCode(bed.stranger().catchUp.list({ limit: 5 }))).toBe("UNAUTHENTICATED")
  })
})
