import { anchorOf, fold, newSnowflake, type Snowflake } from "@hearth/core"
import {
  joinGuild,
  makeAdminRole,
  makeChannel,
  makeGuild,
  makeUser,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
} from "@hearth/testing"
import { setTimeout as delay } from "node:timers/promises"
import { eq, sql } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { keepCame, keepLeft, keepStayed } from "../attendance/index.ts"
import { channelsAhead, readAhead, readCursor } from "../consumer/index.ts"
import { raiseLastSeq } from "../last-seq.ts"
import { transact } from "../outbox.ts"
import { draft } from "../message-store/contract/bed.ts"
import type { Draft, MessageStore } from "../message-store/port.ts"
import { alerts, channelOverwrites, consumerCursor, mentions } from "../schema/index.ts"
import { consumeMentions, MENTIONS } from "./consume.ts"
import { addDeletions, unreadDeletions } from "./deletions.ts"
import { listMentions } from "./list.ts"
import { unreadMentions } from "./unread.ts"

/** The consumer of mentions on a real store: what it keeps, and that no crash and no second node changes it. */
export const describeMentions = (name: string, open: (database: TestDatabase) => Promise<MessageStore>) => {
  describe(`mentions, ${name}`, () => {
    let database: TestDatabase
    let store: MessageStore
    let [alice, bob, eve]: TestUser[] = []
    let guild: TestGuild
    let general: Snowflake
    const db = () => database.db

    beforeAll(async () => {
      database = await testDatabase()
      store = await open(database)
      ;[alice, bob, eve] = [await makeUser(db(), "alice"), await makeUser(db(), "bob"), await makeUser(db(), "eve")]
    })
    afterAll(async () => {
      await store?.close()
      await database?.[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      guild = await makeGuild(db(), alice!, [bob!])
      general = guild.channels.general ?? ""
    })

    const say = async (
      content: string,
      by: TestUser | undefined = alice,
      more: Partial<Draft> = {},
      channelId = general,
    ) => {
      const { results } = await store.append(channelId, [draft(content, { authorId: by!.id, ...more })])
      const [result] = results
      if (result?.status !== "stored") throw new Error("not stored")
      return result.message
    }
    const consume = async (channelId = general) => {
      for (;;) {
        const told = await consumeMentions(db(), store, channelId)
        if (!told.more) return told
      }
    }
    const rows = async (channelId = general) =>
      (await db().select().from(mentions).where(eq(mentions.channelId, channelId)).orderBy(mentions.seq)).map(
        ({ targetId, seq, kind }) => ({ targetId, seq, kind }),
      )
    const unread = async (user: TestUser | undefined, channelId = general) =>
      (await unreadMentions(db(), [user!.id])).get(user!.id)?.[channelId] ?? []
    const unreadGone = async (user: TestUser | undefined) =>
      (await unreadDeletions(db(), [user!.id])).get(user!.id)?.[general] ?? []

    test("people who are named or answered get a row each, roles and everybody one for all", async () => {
      const role = await makeAdminRole(db(), guild.id)
      const first = await say(`hello <@${bob!.id}> <@${bob!.id}> <@${alice!.id}>`)
      await say("nobody")
      await say("yes", bob, { replyTo: first.seq })
      await say(`<@&${role}> and @everyone`)
      await say("@here")
      const { added } = await consume()
      expect(await rows()).toEqual([
        { targetId: bob!.id, seq: 1, kind: "user" },
        { targetId: alice!.id, seq: 3, kind: "reply" },
        ...[
          { targetId: guild.id, seq: 4, kind: "everyone" },
          { targetId: role, seq: 4, kind: "role" },
        ].sort((a, b) => (BigInt(a.targetId) < BigInt(b.targetId) ? -1 : 1)),
        { targetId: guild.id, seq: 5, kind: "here" },
      ])
      expect(new Set(added.map((m) => m.room))).toEqual(
        new Set([`user:${bob!.id}`, `user:${alice!.id}`, `guild:${guild.id}`]),
      )
      expect(await unread(bob)).toEqual([1, 4, 5])
      expect(await unread(alice)).toEqual([3])
    })

    test("@here is for who was here, in a channel, in a list of all and beside a role that one has", async () => {
      // Its id is below that of its server, so that of the two the server's row would be shown.
      const { rows: roles } = await db().execute<{ id: string }>(sql`
        insert into roles (id, guild_id, name, position, permissions) values (${guild.id}::bigint - 1, ${guild.id}::bigint, 'potters', 1, 0)
        returning id::text as id`)
      const potters = roles[0]?.id ?? ""
      await db().execute(
        sql`update members set role_ids = ${`{${potters}}`}::bigint[] where user_id = ${bob!.id}::bigint and guild_id = ${guild.id}::bigint`,
      )
      // Messages know milliseconds, and the database microseconds.
      const left = () => keepLeft(db(), [bob!.id]).then(() => delay(2))
      const came = () => keepCame(db(), [bob!.id]).then(() => delay(2))
      const listed = async () => {
        const page = { visible: [general], after: null, limit: 10 }
        return (await listMentions(db(), bob!.id, page))
          .filter((m) => m.guildId === guild.id)
          .map((m) => m.seq)
          .reverse()
      }
      await say("@here")
      await left()
      await say("@here")
      await say(`<@&${potters}> @here`)
      await say("@everyone @here")
      await consume()
      expect(await unread(bob)).toEqual([1, 3, 4])
      // Who has left does not leave again.
      await left()
      await came()
      await say("@here")
      await consume()
      expect(await unread(bob)).toEqual([1, 3, 4, 5])
      expect(await listed()).toEqual([1, 3, 4, 5])
      // Each absence counts.
      await left()
      await say("@here")
      await came()
      await came()
      await consume()
      expect(await unread(bob)).toEqual([1, 3, 4, 5])
      expect(await listed()).toEqual([1, 3, 4, 5])
      // It was a mistake that they had left.
      await left()
      await say("@here")
      await consume()
      expect(await unread(bob)).toEqual([1, 3, 4, 5])
      await keepStayed(db(), [bob!.id])
      expect(await unread(bob)).toEqual([1, 3, 4, 5, 7])
      await db().update(mentions).set({ at: sql`now() - interval '31 days'` }).where(eq(mentions.channelId, general))
      await db().execute(
        sql`update members set joined_at = now() - interval '40 days' where user_id = ${bob!.id}::bigint`,
      )
      expect(await unread(bob)).toEqual([3, 4])
    })

    test("@everyone of who may not call everybody, and what stands in code, address nobody", async () => {
      await say("@everyone @here", bob)
      await say(`<@&${guild.id}>`, bob)
      await say(`\`<@${bob!.id}>\``)
      expect((await consume()).added).toEqual([])
      expect(await rows()).toEqual([])
    })

    test("who may not view the channel, or is no member, is not addressed; the room is of those who may", async () => {
      await makeChannel(db(), guild, "secret", [alice!.id])
      const secret = guild.channels.secret ?? ""
      await say(`<@${bob!.id}> <@${eve!.id}> @everyone`, alice, {}, secret)
      const { added } = await consume(secret)
      expect(added.map(({ targetId, room }) => [targetId, room])).toEqual([[guild.id, `audience:${secret}`]])
    })

    const wants = async (user: TestUser, word: string, sinceMs = -60_000) => {
      const folded = fold(word)
      const since = new Date(Date.now() + sinceMs)
      await db()
        .insert(alerts)
        .values({ userId: user.id, folded, word, anchor: anchorOf(word) ?? "", since })
    }

    test("a keyword is a mention of those who asked for it and may view the channel, and of nobody else", async () => {
      const dan = await makeUser(db(), "dan")
      await joinGuild(db(), guild.id, dan)
      for (const user of [alice!, bob!, eve!]) await wants(user, "Blue Glaze")
      await wants(dan, "blue glaze", 3_600_000)
      await wants(bob!, "kiln")
      await say("the BLUE GLÄZE and the kiln")
      await say("blue kilns, glaze")
      await say(`<@${bob!.id}> blue glaze`)
      await say("\x60blue glaze\x60", bob)
      const { added } = await consume()
      expect(await rows()).toEqual([
        { targetId: bob!.id, seq: 1, kind: "keyword" },
        { targetId: bob!.id, seq: 3, kind: "user" },
        { targetId: alice!.id, seq: 4, kind: "keyword" },
      ])
      expect(added.map((m) => m.room)).toEqual([`user:${bob!.id}`, `user:${bob!.id}`, `user:${alice!.id}`])
      const secret = (await makeChannel(db(), guild, "secret", [alice!.id])).id
      await say("blue glaze", alice, {}, secret)
      expect((await consume(secret)).added).toEqual([])
      // An edit brings it and takes it away; who is told is told alone.
      await store.change(general, [{ kind: "edit", seq: 2, version: 1, content: "blue glaze", by: alice!.id }])
      expect((await consume()).added).toMatchObject([{ targetId: bob!.id, seq: 2, kind: "keyword" }])
      await store.change(general, [{ kind: "edit", seq: 2, version: 2, content: "nothing", by: alice!.id }])
      expect((await consume()).removed).toEqual([
        { targetId: bob!.id, channelId: general, seq: 2, room: `user:${bob!.id}` },
      ])
      expect(await unread(bob)).toEqual([1, 3])
    })

    test("an edit that leaves a mention of another kind says so in its row, and tells that it is there", async () => {
      await wants(bob!, "celadon")
      await say(`<@${bob!.id}> celadon`)
      await consume()
      expect(await rows()).toEqual([{ targetId: bob!.id, seq: 1, kind: "user" }])
      await store.change(general, [{ kind: "edit", seq: 1, version: 1, content: "celadon", by: alice!.id }])
      const { added, removed } = await consume()
      expect(await rows()).toEqual([{ targetId: bob!.id, seq: 1, kind: "keyword" }])
      expect(added).toMatchObject([{ targetId: bob!.id, seq: 1, kind: "keyword", room: `user:${bob!.id}` }])
      expect(removed).toEqual([])
      expect(await unread(bob)).toEqual([1])
    })

    test("what is deleted counts no more, an edit adds and takes away, a reaction does neither", async () => {
      const one = await say(`<@${bob!.id}>`)
      const two = await say("nobody yet")
      await consume()
      await store.change(general, [{ kind: "react", seq: 1, emoji: "👍", userId: bob!.id, on: true }])
      expect(await consume()).toMatchObject({ added: [], removed: [] })
      await store.change(general, [
        { kind: "edit", seq: two.seq, version: 1, content: `<@${bob!.id}> @everyone`, by: alice!.id },
      ])
      expect((await consume()).added.map((m) => m.targetId).sort()).toEqual([bob!.id, guild.id].sort())
      await store.change(general, [{ kind: "edit", seq: two.seq, version: 2, content: "@everyone", by: alice!.id }])
      const told = await consume()
      expect(told.removed).toEqual([{ targetId: bob!.id, channelId: general, seq: 2, room: `user:${bob!.id}` }])
      // Clients hold numbers: the one that is left is told again.
      expect(told.added.map((m) => m.targetId)).toEqual([guild.id])
      expect(await unread(bob)).toEqual([1, 2])
      await store.change(general, [
        { kind: "delete", seq: one.seq, by: null },
        { kind: "delete", seq: two.seq, by: null },
      ])
      expect((await consume()).removed.map((m) => m.seq).sort()).toEqual([1, 2])
      expect(await rows()).toEqual([])
    })

    test("[5.20] what is deleted is known by its number, above the mark; the newest 200 of a channel, told once", async () => {
      for (let i = 0; i < 6; i++) await say(`${i}`)
      await store.change(general, [{ kind: "delete", seq: 5, by: null }])
      // Deleted before it was read for the first time, and after.
      expect((await consume()).deleted).toEqual({ seqs: [5], room: `guild:${guild.id}` })
      await store.change(general, [{ kind: "delete", seq: 2, by: null }])
      expect((await consume()).deleted?.seqs).toEqual([2])
      await store.change(general, [{ kind: "react", seq: 1, emoji: "👍", userId: bob!.id, on: true }])
      expect((await consume()).deleted).toBeNull()
      expect(await unreadGone(bob)).toEqual([2, 5])
      await db().execute(sql`insert into read_states values (${bob!.id}::bigint, ${general}::bigint, 2)`)
      expect(await unreadGone(bob)).toEqual([5])
      expect(await unreadGone(eve)).toEqual([])
      const all = Array.from({ length: 201 }, (_, i) => i + 10)
      await transact(db(), (tx) => addDeletions(tx, general, all))
      expect(await unreadGone(bob)).toEqual(all.slice(1))
    })

    test("a delete of what is older than the cursor watches takes its mention and is known, when it is named", async () => {
      await say(`<@${bob!.id}>`)
      for (let i = 0; i < 9; i++)
        await store.append(
          general,
          Array.from({ length: 60 }, () => draft("more", { authorId: alice!.id })),
        )
      await consume()
      expect(await readCursor(db(), MENTIONS, general)).toMatchObject({ from: 42 })
      const { results } = await store.change(general, [{ kind: "delete", seq: 1, by: null }])
      const [done] = results
      if (done?.status !== "changed") throw new Error("not deleted")
      expect(await consume()).toMatchObject({ removed: [], deleted: null })
      const told = await consumeMentions(db(), store, general, { gone: [done.message] })
      expect(told).toMatchObject({ removed: [{ targetId: bob!.id, seq: 1 }], deleted: { seqs: [1] }, more: false })
      expect([await unread(bob), await unreadGone(bob)]).toEqual([[], [1]])
    })

    test("a reaction to what was edited does not ask anew whom it addresses", async () => {
      await say("nobody yet")
      await consume()
      const edit = (version: number, content: string) =>
        store.change(general, [{ kind: "edit", seq: 1, version, content, by: alice!.id }])
      const react = (emoji: string) =>
        store.change(general, [{ kind: "react", seq: 1, emoji, userId: bob!.id, on: true }])
      await edit(1, `<@${eve!.id}>`)
      await consume()
      await joinGuild(db(), guild.id, eve!)
      await react("👍")
      expect((await consume()).added).toEqual([])
      // Read for the first time as it was edited already.
      const { seq } = await say(`<@${bob!.id}>`)
      await store.change(general, [{ kind: "edit", seq, version: 1, content: `<@${bob!.id}>!`, by: alice!.id }])
      expect((await consume()).added.map((m) => m.seq)).toEqual([2])
      await db().delete(mentions).where(eq(mentions.channelId, general))
      await store.change(general, [{ kind: "react", seq, emoji: "👍", userId: bob!.id, on: true }])
      expect((await consume()).added).toEqual([])
      await react("🎉")
      await edit(2, `<@${eve!.id}> once more`)
      expect((await consume()).added.map((m) => m.targetId)).toEqual([eve!.id])
      expect(await readCursor(db(), MENTIONS, general)).toMatchObject({ versions: { 1: 3, 2: 2 } })
    })

    test("who may no longer view the channel, or left, is not told that a mention is gone", async () => {
      const secret = (await makeChannel(db(), guild, "secret", [alice!.id, bob!.id])).id
      await say(`<@${bob!.id}>`, alice, {}, secret)
      await say(`<@${bob!.id}>`)
      await Promise.all([consume(secret), consume()])
      await db().delete(channelOverwrites).where(eq(channelOverwrites.targetId, bob!.id))
      await store.change(secret, [{ kind: "edit", seq: 1, version: 1, content: "nobody", by: alice!.id }])
      expect(await consume(secret)).toMatchObject({ added: [], removed: [] })
      await db().execute(sql`delete from members where guild_id = ${guild.id}::bigint and user_id = ${bob!.id}::bigint`)
      await store.change(general, [{ kind: "delete", seq: 1, by: null }])
      expect(await consume()).toMatchObject({ added: [], removed: [] })
      expect([await rows(secret), await rows()]).toEqual([[], []])
    })

    test("what is history is told from what is new by the clock that was given, not by this machine's", async () => {
      const linksAt = async (now: () => number) => {
        await say("https://example.org/")
        return (await consumeMentions(db(), store, general, { previews: { now } })).links
      }
      expect(await linksAt(() => Date.now() + 7_200_000)).toBe(0)
      expect(await linksAt(Date.now)).toBe(1)
    })

    test("a crash between reading and commit loses nothing and doubles nothing", async () => {
      await say(`<@${bob!.id}>`)
      const crash = consumeMentions(db(), store, general, {
        read: async (cursor) => {
          await readAhead(store, general, cursor)
          throw new Error("kill -9")
        },
      })
      await expect(crash).rejects.toThrow("kill -9")
      expect(await readCursor(db(), MENTIONS, general)).toMatchObject({ seq: 0 })
      await consume()
      await consume()
      expect(await rows()).toEqual([{ targetId: bob!.id, seq: 1, kind: "user" }])
      // Before the commit, too: the cursor and the rows go together.
      await say(`<@${bob!.id}>`)
      await db().execute(sql.raw("alter table mentions add constraint broken check (seq < 2) not valid"))
      await expect(consume()).rejects.toThrow()
      await db().execute(sql.raw("alter table mentions drop constraint broken"))
      expect(await readCursor(db(), MENTIONS, general)).toMatchObject({ seq: 1 })
      await consume()
      expect((await rows()).map((r) => r.seq)).toEqual([1, 2])
    })

    test("two that read the same at once: one of them acts, the other begins anew", async () => {
      for (let i = 0; i < 5; i++) await say(`<@${bob!.id}> ${i}`)
      let arrived = 0
      let both: () => void = () => {}
      const met = new Promise<void>((resolve) => (both = resolve))
      const meet = () =>
        consumeMentions(db(), store, general, {
          read: async (cursor) => {
            const ahead = await readAhead(store, general, cursor)
            if (++arrived === 2) both()
            await met
            return ahead
          },
        })
      const [a, b] = await Promise.all([meet(), meet()])
      expect([a.added.length, b.added.length].sort()).toEqual([0, 5])
      expect([a.more, b.more].sort()).toEqual([false, true])
      expect(await rows()).toHaveLength(5)
    })

    test("a sweep finds what a node that died left behind, and nothing else", async () => {
      await say(`<@${bob!.id}>`)
      await raiseLastSeq(db(), [[general, 1]])
      expect(await channelsAhead(db(), MENTIONS, 1000)).toContain(general)
      await consume()
      expect(await channelsAhead(db(), MENTIONS, 1000)).not.toContain(general)
    })

    test("far behind: everything is read, page by page, once", async () => {
      const many = Array.from({ length: 1300 }, (_, i) =>
        draft(i % 100 === 7 ? `<@${bob!.id}>` : `message ${i}`, { authorId: alice!.id }),
      )
      for (let left = many; left.length > 0; )
        left = left.slice((await store.append(general, left.slice(0, 64))).results.length)
      await consume()
      expect((await rows()).map((r) => r.seq)).toEqual(Array.from({ length: 13 }, (_, i) => i * 100 + 8))
      expect(await readCursor(db(), MENTIONS, general)).toMatchObject({ seq: 1300, from: 801 })
      // What changed in the window that it watches still reaches it.
      await store.change(general, [{ kind: "delete", seq: 1208, by: null }])
      await say("the newest")
      expect((await consume()).removed.map((m) => m.seq)).toEqual([1208])
    })

    test("a cursor that was put at the head reads nothing of what was before", async () => {
      await say(`<@${bob!.id}>`)
      await db().insert(consumerCursor).values({ consumer: MENTIONS, channelId: general, seq: 1, fromSeq: 2 })
      await say(`again <@${bob!.id}>`)
      await consume()
      expect((await rows()).map((r) => r.seq)).toEqual([2])
    })

    test("a log that comes from an older copy takes the cursor back: what is said in it next is heard", async () => {
      await say("what the copy has")
      await db()
        .insert(consumerCursor)
        .values({ consumer: MENTIONS, channelId: general, fromSeq: 3, seq: 3, marks: { "-1": 900 } })
      // Of a message that the copy does not have.
      await db().execute(sql`
        insert into mentions (target_id, channel_id, seq, kind, author_id, at)
        values (${bob!.id}::bigint, ${general}::bigint, 2, 'user', ${alice!.id}::bigint, now())`)
      await transact(db(), (tx) => addDeletions(tx, general, [1, 2]))
      expect(await consume()).toMatchObject({ added: [], removed: [] })
      expect([await unread(bob), await unreadGone(bob)]).toEqual([[], [1]])
      expect(await readCursor(db(), MENTIONS, general)).toMatchObject({ from: 2, seq: 1 })
      await say(`<@${bob!.id}>`)
      expect((await consume()).added.map((m) => m.seq)).toEqual([2])
    })

    test("unread are those above the mark, not one's own, and of the time since one joined", async () => {
      for (let i = 0; i < 4; i++) await say(`<@${bob!.id}>`)
      await say("@everyone")
      await consume()
      await db().execute(sql`insert into read_states values (${bob!.id}::bigint, ${general}::bigint, 2)`)
      expect(await unread(bob)).toEqual([3, 4, 5])
      expect(await unread(alice)).toEqual([])
      await joinGuild(db(), guild.id, eve!)
      await db().execute(
        sql`update members set joined_at = now() + interval '1 hour' where user_id = ${eve!.id}::bigint`,
      )
      expect(await unread(eve)).toEqual([])
      await db().execute(sql`delete from members where user_id = ${eve!.id}::bigint`)
      expect(await unread({ ...eve!, id: newSnowflake() })).toEqual([])
    })
  })
}
