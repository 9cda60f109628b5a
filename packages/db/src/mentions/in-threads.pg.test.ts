import { applyEvent, type Bootstrap, newSnowflake, type Snowflake } from "@hearth/core"
import { makeGuild, makeUser, type TestDatabase, type TestUser, testDatabase } from "@hearth/testing"
import { setTimeout as delay } from "node:timers/promises"
import { eq, sql } from "drizzle-orm"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { deriveKey } from "../secret.ts"
import { type MessageStore, openPostgresStore } from "../message-store/index.ts"
import { draft } from "../message-store/contract/bed.ts"
import { keepCame, keepLeft } from "../attendance/index.ts"
import { channelHeads, channels, mentions, threads } from "../schema/index.ts"
import { consumeMentions } from "./consume.ts"
import { unreadInThreads } from "./in-threads.ts"

let database: TestDatabase
let store: MessageStore
beforeAll(async () => {
  database = await testDatabase()
  store = openPostgresStore({ url: database.url, macKey: deriveKey("s".repeat(32), "body-mac"), max: 2 })
})
afterAll(async () => {
  await store?.close()
  await database?.[Symbol.asyncDispose]()
})

const step = fc.record({
  what: fc.constantFrom("say", "say", "edit", "delete", "consume", "read", "unread"),
  text: fc.constantFrom("nobody", "one", "all", "both"),
  at: fc.nat(6),
})

const begin = async (owner: TestUser, parentId: Snowflake, guildId: Snowflake): Promise<Snowflake> => {
  const id = newSnowflake()
  await database.db.insert(channels).values({ id, guildId, parentId, name: "", position: 0 })
  await database.db.insert(channelHeads).values({ channelId: id })
  await database.db.insert(threads).values({ id, channelId: parentId, seq: 1, startedBy: owner.id, lastAt: new Date() })
  return id
}

test("[5.23] who read it is not told of it anew when one of its mentions goes; who did not is", async () => {
  const { db } = database
  const [alice, bob, eve] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "eve")]
  const guild = await makeGuild(db, alice, [bob, eve])
  const parentId = guild.channels.general ?? ""
  const id = await begin(alice, parentId, guild.id)
  const thread = { place: { channelId: parentId, seq: 1 }, tell: async () => {} }
  await store.append(id, [draft(`<@${bob.id}> <@${eve.id}> @everyone`, { authorId: alice.id })])
  const first = await consumeMentions(db, store, id, { thread })
  expect(first.added.map((m) => m.parentId)).toEqual([parentId, parentId, parentId])
  await db.execute(sql`insert into read_states values (${bob.id}::bigint, ${id}::bigint, 1)`)
  await store.change(id, [{ kind: "edit", seq: 1, version: 1, content: `<@${bob.id}> <@${eve.id}>`, by: alice.id }])
  const { added, removed } = await consumeMentions(db, store, id, { thread })
  expect(removed.map((m) => m.targetId)).toEqual([guild.id])
  expect(added.map((m) => m.targetId)).toEqual([eve.id])
  const unread = await unreadInThreads(db, [bob.id, eve.id])
  expect([unread.get(bob.id), unread.get(eve.id)]).toEqual([
    undefined,
    { mentions: { [id]: [1] }, parents: { [id]: parentId } },
  ])
})

test("@here in a thread is for who was here", async () => {
  const { db } = database
  const [alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  const guild = await makeGuild(db, alice, [bob])
  const parentId = guild.channels.general ?? ""
  const id = await begin(alice, parentId, guild.id)
  const thread = { place: { channelId: parentId, seq: 1 }, tell: async () => {} }
  await store.append(id, [draft("@here", { authorId: alice.id })])
  await keepLeft(db, [bob.id]).then(() => delay(2))
  await store.append(id, [draft("@here", { authorId: alice.id })])
  await keepCame(db, [bob.id]).then(() => delay(2))
  await store.append(id, [draft("@here", { authorId: alice.id })])
  await consumeMentions(db, store, id, { thread })
  expect((await unreadInThreads(db, [bob.id])).get(bob.id)?.mentions).toEqual({ [id]: [1, 3] })
})

test("[5.23] what an old message calls many by is told only while nobody has read it: who has would hold it for new", async () => {
  const { db } = database
  const [alice, bob, eve] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "eve")]
  const guild = await makeGuild(db, alice, [bob, eve])
  const parentId = guild.channels.general ?? ""
  const id = await begin(alice, parentId, guild.id)
  const thread = { place: { channelId: parentId, seq: 1 }, tell: async () => {} }
  for (const text of [`<@${bob.id}> @everyone`, "nobody", "nobody"])
    await store.append(id, [draft(text, { authorId: alice.id })])
  await consumeMentions(db, store, id, { thread })
  await db.execute(sql`insert into read_states values (${eve.id}::bigint, ${id}::bigint, 2)`)
  await store.change(
    id,
    ["@everyone", "@everyone", "@everyone"].map((content, i) => ({
      kind: "edit",
      seq: i + 1,
      version: 1,
      content,
      by: alice.id,
    })),
  )
  await store.append(id, [draft("@everyone", { authorId: alice.id })])
  const { added, removed } = await consumeMentions(db, store, id, { thread })
  expect(removed.map((m) => [m.targetId, m.seq])).toEqual([[bob.id, 1]])
  expect(added.map((m) => [m.targetId, m.seq]).sort()).toEqual([
    [guild.id, 3],
    [guild.id, 4],
  ])
  const unread = await unreadInThreads(db, [bob.id, eve.id])
  expect([unread.get(bob.id)?.mentions, unread.get(eve.id)?.mentions]).toEqual([
    { [id]: [1, 2, 3, 4] },
    { [id]: [3, 4] },
  ])
})

test("[5.23] what a node from before there were places writes in a thread is found there all the same", async () => {
  const { db } = database
  const [alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  const guild = await makeGuild(db, alice, [bob])
  const parentId = guild.channels.general ?? ""
  const id = await begin(alice, parentId, guild.id)
  for (const channelId of [id, parentId])
    await db.execute(sql`
      insert into mentions (target_id, channel_id, seq, kind, author_id, at)
      values (${bob.id}::bigint, ${channelId}::bigint, 1, 'user', ${alice.id}::bigint, now())`)
  const rows = await db.select().from(mentions).where(eq(mentions.targetId, bob.id))
  expect(new Map(rows.map((m) => [m.channelId, m.parentId]))).toEqual(
    new Map([
      [id, parentId],
      [parentId, null],
    ]),
  )
  expect((await unreadInThreads(db, [bob.id])).get(bob.id)?.parents).toEqual({ [id]: parentId })
})

test("[5.23] whatever is said, changed and read in a thread: what a client holds is what is unread there", async () => {
  const { db } = database
  const [alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const guild = await makeGuild(db, alice, [bob])
      const parentId = guild.channels.general ?? ""
      const id = await begin(alice, parentId, guild.id)
      const texts = {
        nobody: "nobody",
        one: `<@${bob.id}>`,
        all: "@everyone",
        both: `<@${bob.id}> @everyone`,
      }
      let state = {
        pos: "0",
        me: { id: bob.id },
        guilds: [{ guild: { id: guild.id }, channels: [{ id: parentId }], myRoleIds: [] as Snowflake[] }],
        readStates: [],
        heads: { [parentId]: 0 },
      } as unknown as Bootstrap
      const rooms = new Set<string>([`guild:${guild.id}`, `user:${bob.id}`])
      const thread = { place: { channelId: parentId, seq: 1 }, tell: async () => {} }
      /** As a gateway tells it to who was there from the beginning. */
      const consume = async (): Promise<void> => {
        const { removed, added, more } = await consumeMentions(db, store, id, { thread })
        for (const { room, ...m } of removed) if (rooms.has(room)) state = applyEvent(state, "mention:removed", m)
        for (const { room, parentId: within, at: _, ...m } of added)
          if (rooms.has(room)) state = applyEvent(state, "mention:added", { ...m, parentId: within ?? "" })
        if (more) await consume()
      }
      const mark = async (lastReadSeq: number): Promise<void> => {
        await db.execute(sql`
          insert into read_states values (${bob.id}::bigint, ${id}::bigint, ${lastReadSeq})
          on conflict (user_id, channel_id) do update set last_read_seq = excluded.last_read_seq`)
        state = applyEvent(state, "read:marked", { channelId: id, lastReadSeq })
      }
      const stored = async () => (await unreadInThreads(db, [bob.id], id)).get(bob.id)
      let head = 0
      let read = 0
      const versions = new Map<number, number>()
      for (const { what, text, at } of steps) {
        const seq = 1 + (at % Math.max(head, 1))
        const version = versions.get(seq)
        if (what === "say") {
          await store.append(id, [draft(texts[text], { authorId: alice.id })])
          versions.set(++head, 1)
        } else if (what === "edit" && version !== undefined) {
          await store.change(id, [{ kind: "edit", seq, version, content: `${texts[text]} ${version}`, by: alice.id }])
          versions.set(seq, version + 1)
        } else if (what === "delete" && version !== undefined) {
          await store.change(id, [{ kind: "delete", seq, by: null }])
          versions.delete(seq)
        } else if (what === "consume") await consume()
        else if (what === "read" && seq > read && head > 0) await mark((read = seq))
        else if (what === "unread" && read > 0) {
          await mark(--read)
          state = applyEvent(state, "mention:unread", { mentions: {}, ...(await stored()), all: false })
        }
      }
      await consume()
      expect(state.mentions?.[id] ?? []).toEqual((await stored())?.mentions[id] ?? [])
    }),
    { numRuns: 40, endOnFailure: true },
  )
}, 120_000)
