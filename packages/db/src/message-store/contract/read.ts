import { beforeAll, expect, test } from "vitest"
import type { PageCursor } from "@hearth/core"
import type { MessageStore } from "../port.ts"
import { alice, appendAll, type Bed, bob, draft, drafts } from "./bed.ts"

export const readCases = (bed: () => Bed): void => {
  let store: MessageStore
  /** 1,120 messages: its second bucket has 120. */
  let long: string
  let empty: string
  beforeAll(async () => {
    store = await bed().open()
    long = await bed().newChannel()
    empty = await bed().newChannel()
    await appendAll(store, long, drafts(1120))
  }, 60_000)
  const scope = (seq: number) => bed().scopeOf(seq)
  const span = (from: number, to: number) => ({ from, to })
  const seqs = async (cursor: PageCursor, limit: number) => {
    const page = await store.page(long, cursor, limit)
    const found = page.messages.map((m) => m.seq)
    expect(found).toEqual(found.map((_, i) => (found[0] ?? 0) + i))
    expect(page.head).toBe(1120)
    expect(Object.keys(page.marks).sort()).toEqual([...new Set(found.map((s) => String(scope(s))))].sort())
    return found.length === 0 ? null : [found[0], found.at(-1)]
  }

  test("an empty channel has an empty page, not an error", async () => {
    for (const cursor of [{}, { before: 5 }, { after: 0 }, { around: 3 }]) {
      const page = await store.page(empty, cursor, 50)
      expect(page).toMatchObject({ messages: [], head: 0 })
      for (const ver of Object.values(page.marks)) expect(ver).toBe(0)
    }
    expect(await store.head(empty)).toMatchObject({ head: 0 })
    expect(await store.since(empty, span(1, 0), {})).toMatchObject({ reset: false, messages: [], changed: [], head: 0 })
    expect(await store.since(empty, null, {})).toMatchObject({ reset: true, messages: [], head: 0 })
  })

  test("pages: newest, before, after, around, over a bucket's end, and at both ends of the log", async () => {
    expect(await seqs({}, 50)).toEqual([1071, 1120])
    expect(await seqs({ before: 1071 }, 50)).toEqual([1021, 1070])
    expect(await seqs({ before: 1021 }, 50)).toEqual([971, 1020])
    expect(await seqs({ before: 1001 }, 50)).toEqual([951, 1000])
    expect(await seqs({ before: 20 }, 50)).toEqual([1, 19])
    expect(await seqs({ before: 5000 }, 50)).toEqual([1071, 1120])
    expect(await seqs({ after: 0 }, 50)).toEqual([1, 50])
    expect(await seqs({ after: 980 }, 50)).toEqual([981, 1030])
    expect(await seqs({ after: 1000 }, 50)).toEqual([1001, 1050])
    expect(await seqs({ after: 1100 }, 50)).toEqual([1101, 1120])
    expect(await seqs({ around: 500 }, 51)).toEqual([475, 525])
    expect(await seqs({ around: 1000 }, 50)).toEqual([975, 1024])
    expect(await seqs({ around: 3 }, 50)).toEqual([1, 50])
    expect(await seqs({ around: 1119 }, 50)).toEqual([1071, 1120])
    expect(await seqs({ around: 9999 }, 50)).toEqual([1071, 1120])
    expect(await seqs({ around: 700 }, 1)).toEqual([700, 700])
    expect((await store.page(long, { before: 1 }, 50)).messages).toEqual([])
    expect((await store.page(long, { after: 1120 }, 50)).messages).toEqual([])
    expect((await store.page(long, { after: 9999 }, 50)).messages).toEqual([])
  })

  test("another instance, which knows nothing, reads the same", async () => {
    const other = await bed().open()
    expect(await other.page(long, {}, 100)).toEqual(await store.page(long, {}, 100))
    expect(await other.head(long)).toEqual(await store.head(long))
  })

  test("an instance that has read before sees at once what another one added or changed", async () => {
    const channel = await bed().newChannel()
    const other = await bed().open()
    await appendAll(store, channel, drafts(1000))
    await other.page(channel, {}, 50)
    await store.append(channel, [draft("first of the next bucket")])
    await store.change(channel, [{ kind: "react", seq: 990, emoji: "👍", userId: bob, on: true }])
    const { messages, head, marks } = await other.page(channel, {}, 50)
    expect(head).toBe(1001)
    expect(messages.at(-1)?.content).toBe("first of the next bucket")
    expect(messages.find((m) => m.seq === 990)?.reactions).toEqual({ "👍": 1 })
    expect({ head, marks }).toMatchObject(await store.head(channel))
  })

  test("nothing new: an empty answer with the same marks", async () => {
    const { marks } = await store.page(long, {}, 100)
    expect(await store.since(long, span(1021, 1120), marks)).toEqual({
      reset: false,
      messages: [],
      changed: [],
      marks,
      head: 1120,
    })
  })

  test("what is new, and what changed in the span, and nothing else", async () => {
    const channel = await bed().newChannel()
    await appendAll(store, channel, drafts(1100))
    const { marks } = await store.page(channel, { before: 1051 }, 100)
    await store.change(channel, [{ kind: "edit", seq: 960, version: 1, content: "changed, old bucket", by: alice }])
    await store.change(channel, [{ kind: "edit", seq: 1010, version: 1, content: "changed, new bucket", by: alice }])
    await store.change(channel, [{ kind: "edit", seq: 900, version: 1, content: "below the span", by: alice }])
    await store.change(channel, [{ kind: "delete", seq: 1080, by: null }])
    await store.append(channel, drafts(3))
    const changes = await store.since(channel, span(951, 1050), marks)
    expect(changes).toMatchObject({ reset: false, head: 1103 })
    expect(changes.changed.map((m) => [m.seq, m.content])).toEqual([
      [960, "changed, old bucket"],
      [1010, "changed, new bucket"],
    ])
    expect(changes.messages.map((m) => m.seq)).toEqual(Array.from({ length: 53 }, (_, i) => 1051 + i))
    expect(changes.messages[29]).toMatchObject({ seq: 1080, deleted: true })
    expect(changes.marks).toMatchObject((await store.head(channel)).marks)
    const again = await store.since(channel, span(951, 1103), changes.marks)
    expect(again).toMatchObject({ reset: false, messages: [], changed: [], marks: changes.marks })
  })

  test("the whole of 1,000 missed messages, over a bucket's end", async () => {
    const { marks } = await store.page(long, { before: 121 }, 20)
    const changes = await store.since(long, span(101, 120), marks)
    expect(changes.reset).toBe(false)
    expect(changes.messages.map((m) => m.seq)).toEqual(Array.from({ length: 1000 }, (_, i) => 121 + i))
  })

  test("resets: nothing held, too much missed, a span or marks that are not this log's", async () => {
    const { marks } = await store.page(long, { before: 101 }, 50)
    const newest = await store.page(long, {}, 50)
    const reset = { reset: true, changed: [], ...newest }
    const current = (await store.page(long, {}, 100)).marks
    expect(await store.since(long, null, {})).toEqual(reset)
    expect(await store.since(long, span(51, 100), marks)).toEqual(reset)
    expect(await store.since(long, span(1100, 1121), current)).toEqual(reset)
    const above = Object.fromEntries(Object.entries(current).map(([s, ver]) => [s, ver + 1]))
    expect(await store.since(long, span(1100, 1120), above)).toEqual(reset)
    const foreign: Record<string, number> = scope(1) === -1 ? { 1: 3 } : { "-1": 3 }
    expect(await store.since(long, span(1100, 1120), { ...current, ...foreign })).toEqual(reset)
    expect(await store.since(long, span(1100, 1120), { ...current, 77: 3 })).toEqual(reset)
  })
}
