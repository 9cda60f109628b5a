import { bits, can, DEFAULT_PERMISSIONS, newSnowflake, THREAD_QUIET_MS } from "@hearth/core"
import { schema } from "@hearth/db"
import { consumeMentions } from "@hearth/db/mentions"
import { count, eq, sql } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { toCursor } from "../paging.ts"
import { type Bed, failure, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let owner: Person
let member: Person
let outsider: Person
let guildId: string
let general: string
beforeAll(async () => {
  bed = await testBed()
  owner = await bed.person("Owner")
  member = await bed.person("Member")
  outsider = await bed.person("Outsider")
})
afterAll(() => bed[Symbol.asyncDispose]())
beforeEach(async () => {
  const home = await owner.call.guild.create({ name: "Home" })
  guildId = home.guild.id
  general = home.channels[0]?.id ?? ""
  const { code } = await owner.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
  await member.call.invite.join({ code })
  await say(general, owner, "a question")
})

const say = async (channelId: string, who: Person, content: string) => {
  const nonce = newSnowflake().padStart(20, "0")
  const { results } = await bed.deps.store.append(channelId, [{ authorId: who.userId, nonce, content, replyTo: null }])
  const [result] = results
  if (result?.status !== "stored") throw new Error("it was not stored")
  return result.message.seq
}
/** As the gateway does behind who writes. */
const consume = async (threadId: string) => {
  const place = await owner.call.thread.get({ threadId })
  await consumeMentions(bed.db, bed.deps.store, threadId, {
    thread: {
      place,
      tell: async ({ channelId, seq }, thread) => {
        await bed.deps.store.change(channelId, [{ kind: "thread", seq, thread }])
      },
    },
  })
}
const begin = (seq = 1, who = owner) => who.call.thread.start({ channelId: general, seq })

describe("a thread", () => {
  it("is one a message, however many begin it at once, and has a log of its own", async () => {
    const begun = await Promise.all([begin(), begin(1, member), begin(), begin(1, member)])
    expect(new Set(begun.map((t) => t.id)).size).toBe(1)
    const [thread] = begun
    expect(thread).toMatchObject({ guildId, channelId: general, seq: 1, replies: 0 })
    expect(await say(thread?.id ?? "", member, "an answer")).toBe(1)
    const { page } = await owner.call.message.page({ channelId: thread?.id ?? "" })
    expect(page.messages).toMatchObject([{ content: "an answer" }])
    expect((await owner.call.message.page({ channelId: general })).page.messages).toHaveLength(1)
  })
  it("shows on its message: how many wrote, who last and when; and again after a crash in between", async () => {
    const { id } = await begin()
    await say(id, member, "first")
    await consume(id)
    const line = async () => (await bed.deps.store.get(general, 1))?.thread
    expect(await line()).toMatchObject({ id, replies: 1, people: [member.userId] })
    await say(id, owner, "second")
    await say(id, owner, "third")
    await bed.db.execute(sql.raw("alter table threads add constraint broken check (replies < 2) not valid"))
    await expect(consume(id)).rejects.toThrow()
    await bed.db.execute(sql.raw("alter table threads drop constraint broken"))
    await consume(id)
    expect(await line()).toMatchObject({ id, replies: 3, people: [owner.userId, member.userId] })
    expect(await owner.call.thread.get({ threadId: id })).toMatchObject({ replies: 3, lastReadSeq: 3 })
    expect(await member.call.thread.get({ threadId: id })).toMatchObject({ replies: 3, lastReadSeq: 1 })
  })
  it("is for whom its channel is for, and for nobody else", async () => {
    const { id } = await begin()
    const unknown = newSnowflake()
    const asks = (who: Person) => [
      (threadId: string) => who.call.thread.get({ threadId }),
      (channelId: string) => who.call.message.page({ channelId }),
      (channelId: string) => who.call.thread.start({ channelId, seq: 1 }),
      (channelId: string) => who.call.draft.get({ channelId }),
      (channelId: string) => who.call.reaction.mine({ channelId, seqs: [1] }),
      (channelId: string) => who.call.later.save({ channelId, seq: 1 }),
    ]
    const hidden = async (who: Person) => {
      for (const ask of asks(who)) expect(await failure(ask(id))).toEqual(await failure(ask(unknown)))
    }
    await hidden(outsider)
    expect(await member.call.thread.get({ threadId: id })).toMatchObject({ id })
    await bed.db
      .insert(schema.channelOverwrites)
      .values({ channelId: general, target: "role", targetId: guildId, allow: 0n, deny: bits("VIEW_CHANNEL") })
    await hidden(member)
    expect(await failureCode(begin(1, member))).toBe("UNKNOWN_CHANNEL")
  })
  it("is begun by who may write, on a message that is there, and not in a thread", async () => {
    expect(await failureCode(begin(2))).toBe("UNKNOWN_MESSAGE")
    await bed.deps.store.change(general, [{ kind: "delete", seq: await say(general, owner, "gone"), by: null }])
    expect(await failureCode(begin(2))).toBe("UNKNOWN_MESSAGE")
    const { id } = await begin()
    await say(id, owner, "within")
    expect(await failureCode(owner.call.thread.start({ channelId: id, seq: 1 }))).toBe("FORBIDDEN")
    await bed.db
      .insert(schema.channelOverwrites)
      .values({ channelId: general, target: "role", targetId: guildId, allow: 0n, deny: bits("SEND_MESSAGES") })
    await say(general, owner, "an announcement")
    expect(await failureCode(begin(3, member))).toBe("FORBIDDEN")
    // Who may read it may read what hangs on it.
    expect(await begin(1, member)).toMatchObject({ id })
  })
  it("is no channel of the server: not listed, not counted, not changed, not ordered, not pinned in", async () => {
    const before = await member.bootstrap()
    const { id } = await begin()
    await say(id, owner, `<@${member.userId}>`)
    await consume(id)
    await bed.db.insert(schema.readStates).values({ userId: member.userId, channelId: id, lastReadSeq: 0 })
    const { threads } = await member.bootstrap()
    expect(threads?.at(-1)).toMatchObject({ id })
    // They follow it, and are called there: that is all that there is of it.
    const { mentions, parents, ...rest } = await member.bootstrap()
    expect([mentions, parents]).toEqual([{ [id]: [1] }, { [id]: general }])
    expect({ ...rest, threads: before.threads, pos: before.pos }).toEqual(before)
    const { items } = await member.call.catchUp.list({})
    expect(JSON.stringify(items.filter(({ thread }) => !thread))).not.toContain(id)
    expect(await failureCode(owner.call.channel.update({ channelId: id, name: "mine" }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(owner.call.channel.delete({ channelId: id }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(owner.call.pin.add({ channelId: id, seq: 1 }))).toBe("FORBIDDEN")
    expect(await owner.call.channel.reorder({ guildId, channelIds: [general] })).toEqual({ channelIds: [general] })
    expect((await owner.call.channel.create({ guildId, name: "next" })).position).toBe(1)
  })
  it("is one that nobody may view to a process from before there were threads", async () => {
    const { id } = await begin()
    // As such a process reads them: of the row itself, whatever it hangs in.
    const overwrites = await bed.db
      .select()
      .from(schema.channelOverwrites)
      .where(eq(schema.channelOverwrites.channelId, id))
    const rules = {
      guildId,
      ownerId: owner.userId,
      roles: [{ id: guildId, position: 0, permissions: DEFAULT_PERMISSIONS }],
    }
    const actor = { userId: member.userId, roleIds: [] }
    expect(can(rules, actor, "VIEW_CHANNEL", [])).toBe(true)
    expect(can(rules, actor, "VIEW_CHANNEL", overwrites)).toBe(false)
    expect(await member.call.thread.get({ threadId: id })).toMatchObject({ id })
  })
  it("does not make the snapshot larger, however many there are", async () => {
    const before = JSON.stringify(await member.bootstrap()).length
    await bed.db.execute(sql`
      with made as (
        insert into channels (id, guild_id, parent_id, name, position)
        select ${newSnowflake()}::bigint + n, ${guildId}::bigint, ${general}::bigint, '', 0 from generate_series(1, 2000) n returning id)
      insert into threads (id, channel_id, seq, started_by, replies, last_at)
      select id, ${general}::bigint, 1000 + row_number() over (), 1, 1, now() from made`)
    expect(JSON.stringify(await member.bootstrap())).toHaveLength(before)
  })
  it("goes with its channel, and keeps on without its message", async () => {
    const { id } = await begin()
    await say(id, member, "still here")
    await consume(id)
    await bed.deps.store.change(general, [{ kind: "delete", seq: 1, by: null }])
    expect(await begin()).toMatchObject({ id, replies: 1 })
    expect((await owner.call.thread.list({ channelId: general })).items).toMatchObject([{ thread: { id } }])
    await owner.call.channel.create({ guildId, name: "other" })
    await owner.call.channel.delete({ channelId: general })
    expect(await failureCode(owner.call.thread.get({ threadId: id }))).toBe("UNKNOWN_CHANNEL")
    const [heads] = await bed.db
      .select({ n: count() })
      .from(schema.channelHeads)
      .where(eq(schema.channelHeads.channelId, id))
    expect(heads).toEqual({ n: 0 })
    await expect(say(id, member, "too late")).rejects.toMatchObject({ code: "UNKNOWN_CHANNEL" })
  })
  it("keeps what was written in it and not sent, and what was saved of it, each with the way there", async () => {
    const { id } = await begin()
    await member.call.draft.save({ channelId: id, version: 0, content: "half a thou", replyTo: null })
    expect((await member.bootstrap()).drafts?.[id]).toBeGreaterThan(0)
    expect((await member.call.draft.list({})).items).toMatchObject([{ channelId: id, content: "half a thou" }])
    await say(id, owner, "worth keeping")
    await member.call.later.save({ channelId: id, seq: 1 })
    const saved = { channelId: id, guildId, parentId: general, message: { content: "worth keeping" } }
    expect((await member.call.later.list({})).items).toMatchObject([saved])
  })
})

describe("the list of a channel's threads", () => {
  it("has those in which somebody wrote, the liveliest first, in pages; a quiet one is archived until somebody writes", async () => {
    const ids: string[] = []
    for (let i = 1; i <= 4; i++) {
      if (i > 1) await say(general, member, `question ${i}`)
      ids.push((await begin(i)).id)
    }
    const [a = "", b = "", c = ""] = ids
    for (const id of [a, b, c]) {
      await say(id, owner, "hm")
      await consume(id)
    }
    const list = async (more: { archived?: boolean; limit?: number; cursor?: string } = {}) => {
      const { items, next } = await member.call.thread.list({ channelId: general, ...more })
      return { ids: items.map((item) => item.thread.id), items, next }
    }
    expect((await list()).ids).toEqual([c, b, a])
    const first = await list({ limit: 2 })
    expect(first.ids).toEqual([c, b])
    expect(await list({ limit: 2, cursor: first.next ?? "" })).toMatchObject({ ids: [a], next: null })
    expect(await failureCode(list({ cursor: toCursor(["1", "9999999999999999999"]) }))).toBe("BAD_REQUEST")
    expect((await list()).items[2]).toMatchObject({
      message: { content: "a question" },
      author: { displayName: "Owner" },
      people: [{ id: owner.userId }],
    })
    // As long passes for one of them.
    await bed.db
      .update(schema.threads)
      .set({ lastAt: new Date(bed.deps.clock() - THREAD_QUIET_MS - 60_000) })
      .where(eq(schema.threads.id, b))
    expect((await list()).ids).toEqual([c, a])
    expect((await list({ archived: true })).ids).toEqual([b])
    await say(b, member, "awake")
    await consume(b)
    expect((await list()).ids).toEqual([b, c, a])
    expect((await list({ archived: true })).ids).toEqual([])
    expect(await failureCode(outsider.call.thread.list({ channelId: general }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(member.call.thread.list({ channelId: a }))).toBe("UNKNOWN_CHANNEL")
  })
})

describe("who follows a thread", () => {
  const unread = async (who: Person) => ((await who.bootstrap()).threads ?? []).filter((t) => t.guildId === guildId)
  const read = (who: Person, channelId: string, lastReadSeq: number) =>
    bed.db
      .insert(schema.readStates)
      .values({ userId: who.userId, channelId, lastReadSeq })
      .onConflictDoUpdate({ target: [schema.readStates.userId, schema.readStates.channelId], set: { lastReadSeq } })
  const told = async (since: string) =>
    (await bed.told(since)).filter((row) => row.kind.startsWith("thread:")).map((row) => [row.audience, row.kind])

  it("is who began it, who writes in it and who is addressed in it; each is told once that there is something new", async () => {
    const third = await bed.person("Third")
    const { code } = await owner.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
    await third.call.invite.join({ code })
    const { id } = await begin()
    let since = await bed.head()
    await say(id, member, "one")
    await consume(id)
    const place = { id, guildId, channelId: general, seq: 1 }
    expect(await told(since)).toEqual([[`user:${owner.userId}`, "thread:unread"]])
    expect(await unread(owner)).toEqual([{ ...place, head: 1 }])
    // What one writes one has read.
    expect(await unread(member)).toEqual([])
    expect(await unread(third)).toEqual([])
    since = await bed.head()
    await say(id, member, `two, <@${third.userId}>`)
    await consume(id)
    // The owner knows that something is unread.
    expect(await told(since)).toEqual([[`user:${third.userId}`, "thread:unread"]])
    expect(await unread(third)).toEqual([{ ...place, head: 2 }])
    await read(owner, id, 2)
    expect(await unread(owner)).toEqual([])
    since = await bed.head()
    await say(id, third, "three")
    await consume(id)
    expect(await told(since)).toEqual([
      [`user:${owner.userId}`, "thread:unread"],
      [`user:${member.userId}`, "thread:unread"],
    ])
    expect(await unread(third)).toEqual([])
    const opened = { following: true, muted: false, lastReadSeq: 3 }
    expect(await third.call.thread.get({ threadId: id })).toMatchObject(opened)
  })
  it("hears that they have read what addresses them there when they answer it, also who muted it or did not follow", async () => {
    const { id } = await begin()
    await member.call.thread.follow({ threadId: id, following: true, muted: true })
    const marks = async (since: string) =>
      (await bed.told(since)).filter((row) => row.kind === "read:marked").map((row) => [row.audience, row.payload])
    await say(id, owner, `<@${member.userId}>`)
    await consume(id)
    let since = await bed.head()
    await say(id, member, "yes?")
    await consume(id)
    expect(await marks(since)).toEqual([[`user:${member.userId}`, { channelId: id, lastReadSeq: 2 }]])
    since = await bed.head()
    await say(id, member, `<@${owner.userId}>`)
    await say(id, member, "hm?")
    await consume(id)
    expect(await marks(since)).toEqual([])
    // Everybody is addressed, and follows it only by what they write.
    await member.call.thread.follow({ threadId: id, following: false })
    await say(id, owner, "@everyone")
    await consume(id)
    since = await bed.head()
    await say(id, member, "here")
    await consume(id)
    expect(await marks(since)).toEqual([[`user:${member.userId}`, { channelId: id, lastReadSeq: 6 }]])
  })
  it("is nobody who has left by the time that what they wrote is read", async () => {
    const { id } = await begin()
    await say(id, member, "goodbye")
    await say(id, owner, `<@${member.userId}>, goodbye`)
    await member.call.guild.leave({ guildId })
    await consume(id)
    const isMembers = (row: { userId: string }) => row.userId === member.userId
    const followers = await bed.db.select().from(schema.threadFollowers).where(eq(schema.threadFollowers.threadId, id))
    expect(followers.filter(isMembers)).toEqual([])
    const marks = await bed.db.select().from(schema.readStates).where(eq(schema.readStates.channelId, id))
    expect(marks.filter(isMembers)).toEqual([])
    expect(followers).toMatchObject([{ userId: owner.userId }])
  })
  it("is not kept from hearing by those who may not view it, or by threads that one may not view", async () => {
    await bed.db.insert(schema.channelOverwrites).values([
      { channelId: general, target: "role", targetId: guildId, allow: 0n, deny: bits("VIEW_CHANNEL") },
      { channelId: general, target: "member", targetId: member.userId, allow: bits("VIEW_CHANNEL"), deny: 0n },
    ])
    const { id } = await begin()
    await member.call.thread.follow({ threadId: id, following: true })
    // As many as are told of one reading, and before the member in its order.
    const many = sql`generate_series(1001, 2000) n`
    await bed.db.execute(sql`
      insert into users (id, email, display_name, password_hash) select n, n || '@example.org', 'x', 'x' from ${many}
      on conflict do nothing`)
    await bed.db.execute(sql`
      insert into members (guild_id, user_id, sort_name) select ${guildId}::bigint, n, 'x' from ${many}`)
    await bed.db.execute(sql`
      insert into thread_followers (user_id, thread_id) select n, ${id}::bigint from ${many}`)
    const since = await bed.head()
    for (const content of ["one", "two"]) {
      await say(id, owner, content)
      await consume(id)
    }
    expect(await told(since)).toEqual([[`user:${member.userId}`, "thread:unread"]])

    const secret = (await owner.call.channel.create({ guildId, name: "secret" })).id
    await bed.db
      .insert(schema.channelOverwrites)
      .values({ channelId: secret, target: "role", targetId: guildId, allow: 0n, deny: bits("VIEW_CHANNEL") })
    await bed.db.execute(sql`
      with made as (
        insert into channels (id, guild_id, parent_id, name, position)
        select ${newSnowflake()}::bigint + n, ${guildId}::bigint, ${secret}::bigint, '', 0 from generate_series(1, 100) n
        returning id),
      threads as (
        insert into threads (id, channel_id, seq, started_by, replies, last_at)
        select id, ${secret}::bigint, row_number() over (), 1, 1, now() + interval '1 minute' from made returning id)
      insert into thread_followers (user_id, thread_id) select ${member.userId}::bigint, id from threads`)
    expect(await unread(member)).toMatchObject([{ id, head: 2 }])
  })
  it("is who an edit names, once: it does not bring back who stopped", async () => {
    const { id } = await begin()
    const seq = await say(id, owner, "hm")
    await consume(id)
    expect(await unread(member)).toEqual([])
    const edit = async (version: number, content: string) => {
      await bed.deps.store.change(id, [{ kind: "edit", seq, version, content, by: owner.userId }])
      await consume(id)
    }
    const since = await bed.head()
    await edit(1, `hm, <@${member.userId}>`)
    expect(await told(since)).toEqual([[`user:${member.userId}`, "thread:unread"]])
    expect(await unread(member)).toMatchObject([{ id, head: 1 }])
    await member.call.thread.follow({ threadId: id, following: false })
    await edit(2, `hmm, <@${member.userId}>`)
    expect(await unread(member)).toEqual([])
  })
  it("is told again who muted it and wants to hear of it again, also without having read it", async () => {
    const { id } = await begin()
    await say(id, member, "one")
    await consume(id)
    await owner.call.thread.follow({ threadId: id, following: true, muted: true })
    await owner.call.thread.follow({ threadId: id, following: true })
    const since = await bed.head()
    await say(id, member, "two")
    await consume(id)
    expect(await told(since)).toEqual([[`user:${owner.userId}`, "thread:unread"]])
  })
  it("may stop, or stay and hear nothing; and hears nothing of a quiet one, or of what they may not view", async () => {
    const { id } = await begin()
    await say(id, member, "one")
    await consume(id)
    let since = await bed.head()
    const muted = { threadId: id, following: true, muted: true }
    expect(await owner.call.thread.follow(muted)).toEqual({ following: true, muted: true })
    expect(await told(since)).toEqual([[`user:${owner.userId}`, "thread:left"]])
    expect(await unread(owner)).toEqual([])
    since = await bed.head()
    await say(id, member, "two")
    await consume(id)
    expect(await told(since)).toEqual([])
    await owner.call.thread.follow({ threadId: id, following: true })
    expect(await unread(owner)).toMatchObject([{ id, head: 2 }])
    bed.pass(THREAD_QUIET_MS + 60_000)
    expect(await unread(owner)).toEqual([])
    bed.pass(-THREAD_QUIET_MS - 60_000)
    await owner.call.thread.follow({ threadId: id, following: false })
    expect(await owner.call.thread.get({ threadId: id })).toMatchObject({ following: false, muted: false })
    expect(await unread(owner)).toEqual([])
    expect(await failureCode(outsider.call.thread.follow({ threadId: id, following: true }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(owner.call.thread.follow({ threadId: general, following: true }))).toBe("UNKNOWN_CHANNEL")

    await say(id, owner, "back")
    await consume(id)
    expect(await unread(member)).toMatchObject([{ id, head: 3 }])
    await bed.db
      .insert(schema.channelOverwrites)
      .values({ channelId: general, target: "role", targetId: guildId, allow: 0n, deny: bits("VIEW_CHANNEL") })
    expect(await unread(member)).toEqual([])
    await read(member, id, 3)
    since = await bed.head()
    await say(id, owner, "among ourselves")
    await consume(id)
    expect(await told(since)).toEqual([])
    await member.call.guild.leave({ guildId })
    const followers = await bed.db.select().from(schema.threadFollowers)
    expect(followers.filter((f) => f.userId === member.userId && f.threadId === id)).toEqual([])
  })
})
