import { beforeAll, expect, test } from "vitest"
import type { MessageStore, Op } from "../port.ts"
import { alice, appendAll, type Bed, bob, draft, drafts, insist } from "./bed.ts"

export const changeCases = (bed: () => Bed): void => {
  let store: MessageStore
  let channel: string
  beforeAll(async () => {
    store = await bed().open()
  })
  const withMessages = async (n: number) => {
    channel = await bed().newChannel()
    await appendAll(store, channel, drafts(n))
  }
  const edit = (seq: number, version: number, content: string, by = alice): Op => ({
    kind: "edit",
    seq,
    version,
    content,
    by,
  })
  const react = (seq: number, emoji: string, on = true, userId = bob): Op => ({ kind: "react", seq, emoji, userId, on })
  const one = async (op: Op) => {
    const { results, packets } = await store.change(channel, [op])
    expect(results).toHaveLength(1)
    return { ...results[0], packets }
  }

  test("an edit replaces the words, raises version and ver, and keeps the old words", async () => {
    await withMessages(2)
    const before = await store.get(channel, 1)
    const done = await one(edit(1, 1, "better"))
    expect(done).toMatchObject({ status: "changed", message: { seq: 1, content: "better", version: 2, mver: 2 } })
    const now = await store.get(channel, 1)
    expect(now).toEqual({ ...before, content: "better", version: 2, mver: 2, editedAt: now?.editedAt })
    expect(now?.editedAt).toBeGreaterThanOrEqual(before?.createdAt ?? Number.POSITIVE_INFINITY)
    expect(done.packets).toEqual([{ channelId: channel, scope: bed().scopeOf(1), ver: 2, head: 2, items: [now] }])
    expect(await store.details(channel, 1, 2, null, 10)).toMatchObject([{ kind: 2, key: "1", content: "message 0" }])
  })

  test("an edit counts through a store that has seen the channel only while it was empty", async () => {
    channel = await bed().newChannel()
    const other = await bed().open()
    expect(await other.since(channel, null, {})).toMatchObject({ head: 0 })
    await appendAll(store, channel, drafts(1))
    const { results } = await other.change(channel, [edit(1, 1, "from there")])
    expect(results).toMatchObject([{ status: "changed" }])
    expect(await store.get(channel, 1)).toMatchObject({ content: "from there", version: 2 })
  })

  test("a thread's line comes as a change, the newest word of it stays, and whatever happens to the message leaves it", async () => {
    await withMessages(1)
    const line = (replies: number) => ({ id: "77", replies, lastAt: 1000 + replies, people: [bob, alice] })
    const tell = (replies: number) => one({ kind: "thread", seq: 1, thread: line(replies) })
    const first = await tell(2)
    expect(first).toMatchObject({ status: "changed", message: { version: 1, mver: 2, thread: line(2) } })
    expect(first.packets).toMatchObject([{ ver: 2, items: [{ seq: 1, thread: line(2) }] }])
    expect(await tell(1)).toMatchObject({ status: "unchanged", packets: [] })
    await one(react(1, "👍"))
    await one(edit(1, 1, "other words"))
    expect(await store.get(channel, 1)).toMatchObject({ content: "other words", thread: line(2) })
    await one({ kind: "delete", seq: 1, by: null })
    expect(await tell(3)).toMatchObject({ status: "changed" })
    const other = await bed().open()
    expect(await other.get(channel, 1)).toMatchObject({ deleted: true, content: "", thread: line(3) })
    expect((await other.page(channel, {}, 10)).messages).toMatchObject([{ thread: line(3) }])
    // With an edit of another message, and with one of its own, in one step.
    await appendAll(store, channel, drafts(1))
    const { results } = await store.change(channel, [
      { kind: "thread", seq: 2, thread: line(1) },
      edit(2, 1, "at once"),
    ])
    expect(results).toMatchObject([{ status: "changed" }, { status: "changed" }])
    expect(await other.get(channel, 2)).toMatchObject({ content: "at once", version: 2, thread: line(1) })
    expect(await one({ kind: "thread", seq: 9, thread: line(1) })).toMatchObject({ status: "missing" })
  })

  const cardOf = (url: string) => ({ url, site: "example.org", title: `What ${url} says`, text: "Grüße 👋" })
  const [one1, two2] = ["https://example.org/1", "https://example.org/2"] as const

  test("cards come as a change for links that are there; an edit keeps those of its links, a delete none", async () => {
    channel = await bed().newChannel()
    await appendAll(store, channel, [draft(`${one1} and ${two2}`), draft("nothing")])
    const show = (seq: number, ...urls: string[]) => one({ kind: "preview", seq, previews: urls.map(cardOf) })
    const first = await show(1, two2, "https://elsewhere.org/")
    expect(first).toMatchObject({ status: "changed", message: { version: 1, previews: [cardOf(two2)] } })
    expect(first.packets).toMatchObject([{ items: [{ seq: 1, previews: [cardOf(two2)] }] }])
    expect(await show(1, two2)).toMatchObject({ status: "unchanged", packets: [] })
    expect(await show(1, one1)).toMatchObject({ message: { previews: [cardOf(one1), cardOf(two2)] } })
    await one({ kind: "thread", seq: 1, thread: { id: "77", replies: 1, lastAt: 1, people: [bob] } })
    await one(react(1, "👍"))
    await one(edit(1, 1, `more words: ${one1} ${two2}`))
    const other = await bed().open()
    expect(await other.get(channel, 1)).toMatchObject({
      previews: [cardOf(one1), cardOf(two2)],
      thread: { replies: 1 },
    })
    await one(edit(1, 2, `only ${one1}`))
    expect((await other.page(channel, {}, 10)).messages[0]).toMatchObject({ previews: [cardOf(one1)] })
    await one(edit(1, 3, "no link"))
    expect(await other.get(channel, 1)).not.toHaveProperty("previews")
    expect(await show(1, one1)).toMatchObject({ status: "unchanged" })
    await one(edit(1, 4, one1))
    await show(1, one1)
    await one({ kind: "delete", seq: 1, by: null })
    expect(await other.get(channel, 1)).toMatchObject({ deleted: true, thread: { replies: 1 } })
    expect(await other.get(channel, 1)).not.toHaveProperty("previews")
    expect(await show(1, one1)).toMatchObject({ status: "unchanged" })
    expect(await show(9, one1)).toMatchObject({ status: "missing" })
  })

  test("cards that were taken away stay away, until the message links elsewhere", async () => {
    channel = await bed().newChannel()
    await appendAll(store, channel, [draft(`see ${one1}`), draft("nothing")])
    const show = (...urls: string[]) => one({ kind: "preview", seq: 1, previews: urls.map(cardOf) })
    const remove = (by: string | null, seq = 1) => one({ kind: "unpreview", seq, by })
    await show(one1)
    expect(await remove(bob)).toMatchObject({ status: "forbidden", packets: [] })
    expect(await remove(alice)).toMatchObject({ status: "changed", message: { previews: [] } })
    expect(await remove(null)).toMatchObject({ status: "unchanged" })
    expect(await show(one1)).toMatchObject({ status: "unchanged" })
    await one(edit(1, 1, `please see ${one1}`))
    expect(await show(one1)).toMatchObject({ status: "unchanged" })
    expect((await (await bed().open()).get(channel, 1))?.previews).toEqual([])
    await one(edit(1, 2, `please see ${two2}`))
    expect(await show(two2)).toMatchObject({ status: "changed", message: { previews: [cardOf(two2)] } })
    // Of what links to nothing nothing is taken away; what has no cards yet gets none any more.
    expect(await remove(alice, 2)).toMatchObject({ status: "unchanged", packets: [] })
    expect(await remove(alice, 9)).toMatchObject({ status: "missing" })
    await one(edit(1, 3, one1))
    expect(await remove(alice)).toMatchObject({ status: "changed" })
    expect(await show(one1)).toMatchObject({ status: "unchanged" })
  })

  test("an edit of an older version is a conflict and shows the newest", async () => {
    await withMessages(1)
    await one(edit(1, 1, "second"))
    await one(edit(1, 2, "third"))
    expect(await one(edit(1, 1, "late"))).toMatchObject({
      status: "conflict",
      message: { content: "third" },
      packets: [],
    })
    expect(await one(edit(1, 9, "early"))).toMatchObject({ status: "conflict", packets: [] })
  })

  test("a retry that finds its own result is unchanged", async () => {
    await withMessages(1)
    await one(edit(1, 1, "better"))
    expect(await one(edit(1, 1, "better"))).toMatchObject({ status: "unchanged", message: { version: 2 }, packets: [] })
    await one(react(1, "👍"))
    expect(await one(react(1, "👍"))).toMatchObject({
      status: "unchanged",
      message: { reactions: { "👍": 1 } },
      packets: [],
    })
    await one({ kind: "delete", seq: 1, by: alice })
    expect(await one({ kind: "delete", seq: 1, by: alice })).toMatchObject({ status: "unchanged", packets: [] })
    expect(await store.head(channel)).toMatchObject({ marks: { [bed().scopeOf(1)]: 4 } })
  })

  test("only the author edits; the author, or one who may delete anybody's, deletes", async () => {
    await withMessages(2)
    expect(await one(edit(1, 1, "mine now", bob))).toEqual({ status: "forbidden", packets: [] })
    expect(await one({ kind: "delete", seq: 1, by: bob })).toEqual({ status: "forbidden", packets: [] })
    expect(await one({ kind: "delete", seq: 1, by: null })).toMatchObject({ status: "changed" })
    expect(await one({ kind: "delete", seq: 2, by: alice })).toMatchObject({ status: "changed" })
  })

  test("a deleted message keeps its number, and nothing else", async () => {
    await withMessages(3)
    await one(react(2, "👍"))
    await one({ kind: "delete", seq: 2, by: alice })
    const { messages, head } = await store.page(channel, {}, 10)
    expect(head).toBe(3)
    expect(messages[1]).toMatchObject({ seq: 2, deleted: true, content: "", reactions: {}, version: 2 })
    expect(await one(edit(2, 2, "back"))).toEqual({ status: "missing", packets: [] })
    expect(await one(react(2, "👍"))).toEqual({ status: "missing", packets: [] })
  })

  test("what does not exist is missing", async () => {
    await withMessages(1)
    expect(await one(edit(2, 1, "x"))).toEqual({ status: "missing", packets: [] })
    expect(await one(react(4000, "👍"))).toEqual({ status: "missing", packets: [] })
    expect(await one({ kind: "delete", seq: 2, by: null })).toEqual({ status: "missing", packets: [] })
  })

  test("reactions are counted by person, and listed", async () => {
    await withMessages(1)
    await one(react(1, "👍", true, alice))
    await one(react(1, "👍", true, bob))
    await one(react(1, "🎉", true, bob))
    expect(await one(react(1, "👍", false, alice))).toMatchObject({ message: { reactions: { "👍": 1, "🎉": 1 } } })
    expect(await one(react(1, "👍", false, alice))).toMatchObject({ status: "unchanged" })
    expect(await one(react(1, "👍", false, bob))).toMatchObject({ message: { reactions: { "🎉": 1 } } })
    expect((await store.get(channel, 1))?.reactions).toEqual({ "🎉": 1 })
    await one(react(1, "👍", true, alice))
    const all = await store.details(channel, 1, 1, null, 10)
    expect(all.map((d) => [d.kind, d.key, d.content])).toEqual([
      [1, `🎉:${bob}`, null],
      [1, `👍:${alice}`, null],
    ])
    expect(await store.details(channel, 1, 1, all[0]?.key ?? "", 10)).toEqual(all.slice(1))
    expect(await store.details(channel, 1, 1, null, 1)).toEqual(all.slice(0, 1))
  })

  test("what a message said is read by version, however many there were", async () => {
    await withMessages(1)
    for (let version = 1; version <= 11; version++) await one(edit(1, version, `edit ${version}`))
    const said = async (versions: number[]) =>
      new Map((await store.versions(channel, 1, versions)).map((d) => [Number(d.key), d.content]))
    expect(await said([11, 10, 9, 1, 12])).toEqual(
      new Map([
        [1, "message 0"],
        [9, "edit 8"],
        [10, "edit 9"],
        [11, "edit 10"],
      ]),
    )
    expect(await store.versions(channel, 2, [1])).toEqual([])
  })

  test("who asks learns which reactions are their own, of many messages at once", async () => {
    await withMessages(1010)
    await store.change(channel, [
      react(3, "👍", true, alice),
      react(3, "👍"),
      react(3, "🎉"),
      react(3, "👎", true, alice),
    ])
    await store.change(channel, [react(1005, "🎉", true, alice)])
    await store.change(channel, [react(4, "👍"), react(5, "👍")])
    await store.change(channel, [react(5, "👍", false)])
    const [three, four, late] = await Promise.all([3, 4, 1005].map((seq) => store.get(channel, seq)))
    const asked = [1, 3, 4, 5, 1005, 4000]
    expect(await store.reactedBy(channel, asked, bob)).toEqual([
      { seq: 3, mver: three?.mver, emojis: ["🎉", "👍"] },
      { seq: 4, mver: four?.mver, emojis: ["👍"] },
      { seq: 1005, mver: late?.mver, emojis: [] },
    ])
    expect((await store.reactedBy(channel, asked, alice)).map((m) => m.emojis)).toEqual([["👍", "👎"], [], ["🎉"]])
    await one({ kind: "delete", seq: 3, by: alice })
    expect(await store.reactedBy(channel, [3], bob)).toEqual([])
  })

  test("one message has at most 30 different emoji", async () => {
    await withMessages(1)
    const emoji = Array.from({ length: 31 }, (_, i) => String.fromCodePoint(0x1f600 + i))
    const { results } = await store.change(
      channel,
      emoji.map((e) => react(1, e)),
    )
    expect(results.filter((r) => r.status === "changed")).toHaveLength(30)
    expect(results[30]).toEqual({ status: "forbidden" })
    expect(await one(react(1, emoji[0] ?? "", true, alice))).toMatchObject({ status: "changed" })
  })

  test("several ops at once are one change of their scope; answers show the rows as they are after it", async () => {
    await withMessages(3)
    const ops = [
      react(1, "👍"),
      edit(3, 1, "x"),
      edit(3, 2, "y"),
      react(2, "👍"),
      react(2, "👍", false),
      edit(9, 1, "?"),
    ]
    const { results, packets } = await store.change(channel, ops)
    expect(results.map((r) => r.status)).toEqual(["changed", "changed", "changed", "changed", "changed", "missing"])
    expect(packets).toHaveLength(1)
    const { messages } = await store.page(channel, {}, 10)
    expect(packets[0]).toMatchObject({ ver: 2, head: 3, items: messages })
    expect(messages.map((m) => m.mver)).toEqual([2, 2, 2])
    expect(results[1]).toMatchObject({ message: { content: "y", version: 3 } })
    expect(await store.details(channel, 2, 1, null, 10)).toEqual([])
    expect((await store.details(channel, 3, 2, null, 10)).map((d) => d.content)).toEqual(["message 2", "x"])
  })

  test("changes in several buckets reach all of them, and an old bucket's packet tells the channel's head", async () => {
    await withMessages(1010)
    const { results, packets } = await store.change(channel, [edit(1005, 1, "new"), edit(7, 1, "old"), react(8, "👍")])
    expect(results.map((r) => r.status)).toEqual(["changed", "changed", "changed"])
    for (const packet of packets) {
      expect(packet.head).toBe(1010)
      for (const item of packet.items) expect(item.mver).toBe(packet.ver)
    }
    expect(packets.flatMap((p) => p.items.map((m) => m.seq)).sort((a, b) => a - b)).toEqual([7, 8, 1005])
    expect(new Set(packets.map((p) => p.scope))).toEqual(new Set([bed().scopeOf(7), bed().scopeOf(1005)]))
    expect((await store.append(channel, [draft("after")])).results[0]).toMatchObject({ message: { seq: 1011 } })
  })

  test("of two edits of one version at once, one wins", async () => {
    await withMessages(1)
    const other = await bed().open()
    const outcomes = await Promise.all([
      store.change(channel, [edit(1, 1, "from here")]),
      other.change(channel, [edit(1, 1, "from there")]),
    ])
    expect(outcomes.map((o) => o.results[0]?.status).sort()).toEqual(["changed", "conflict"])
    expect(outcomes.flatMap((o) => o.packets)).toHaveLength(1)
    expect((await store.get(channel, 1))?.version).toBe(2)
  })

  test("twelve people react at once: all are counted", async () => {
    await withMessages(1)
    const stores = await Promise.all([0, 1, 2].map(() => bed().open()))
    await Promise.all(
      stores.map(async (s, w) => {
        for (let i = 0; i < 4; i++)
          await insist(() => s.change(channel, [react(1, "👍", true, String(5000 + w * 10 + i))]))
      }),
    )
    expect((await store.get(channel, 1))?.reactions).toEqual({ "👍": 12 })
    expect(await store.details(channel, 1, 1, null, 100)).toHaveLength(12)
  })
}
