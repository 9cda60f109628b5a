import { snowflakeAt, snowflakeTime } from "@hearth/core"
import { beforeAll, expect, test } from "vitest"
import type { MessageStore } from "../port.ts"
import { alice, appendAll, ascending, type Bed, bob, draft, drafts, messageOf, readAll } from "./bed.ts"

export const appendCases = (bed: () => Bed): void => {
  let store: MessageStore
  beforeAll(async () => {
    store = await bed().open()
  })

  test("numbers drafts from 1, in order, and says what to publish", async () => {
    const channel = await bed().newChannel()
    const first = await store.append(channel, [draft("one"), draft("two")])
    expect(first.results.map((r) => [r.status, messageOf(r).seq, messageOf(r).content])).toEqual([
      ["stored", 1, "one"],
      ["stored", 2, "two"],
    ])
    expect(first.packet).toEqual({
      channelId: channel,
      scope: bed().scopeOf(1),
      ver: 1,
      head: 2,
      items: first.results.map(messageOf),
    })
    const second = await store.append(channel, [draft("three")])
    expect(second.packet).toMatchObject({ ver: 2, head: 3 })
    expect(second.results[0]).toMatchObject({ status: "stored", ver: 2, scope: bed().scopeOf(3) })
    expect(await store.head(channel)).toEqual({ head: 3, marks: { [bed().scopeOf(3)]: 2 } })
  })

  test("what is read later is what was answered", async () => {
    const channel = await bed().newChannel()
    const contents = ["å 👩‍👩‍👧 \n\t مرحبا", "x".repeat(16_384), "'; --", '{"a": 1}', "\\x00 \\n"]
    const { results } = await store.append(
      channel,
      contents.map((c, i) => draft(c, { authorId: i % 2 ? bob : alice, replyTo: i === 4 ? 1 : null })),
    )
    const { messages } = await store.page(channel, {}, 10)
    expect(messages).toEqual(results.map(messageOf))
    expect(messages.map((m) => m.content)).toEqual(contents)
    expect(messages[0]).toMatchObject({ version: 1, editedAt: null, deleted: false, reactions: {}, replyTo: null })
    expect(messages[4]).toMatchObject({ replyTo: 1, authorId: alice })
    expect(await store.get(channel, 2)).toEqual(messages[1])
    expect(await store.get(channel, 6)).toBeNull()
  })

  test("a nonce seen before answers its first message and adds nothing", async () => {
    const channel = await bed().newChannel()
    const one = draft("once")
    const first = await store.append(channel, [one])
    const again = await store.append(channel, [one])
    expect(again.packet).toBeNull()
    expect(again.results).toEqual([{ ...first.results[0], status: "duplicate" }])
    const elsewhere = await bed().open()
    expect((await elsewhere.append(channel, [one])).results).toEqual(again.results)
    expect((await store.head(channel)).head).toBe(1)
  })

  test("a nonce is held by its author in its channel, and by nobody before or elsewhere", async () => {
    const [channel, other] = [await bed().newChannel(), await bed().newChannel()]
    const [one, two] = [draft("one"), draft("two")]
    expect(await store.holds(channel, one.authorId, one.nonce)).toBe(false)
    await store.append(channel, [one, two])
    const held = [one, two].map((d) => store.holds(channel, d.authorId, d.nonce))
    expect(await Promise.all(held)).toEqual([true, true])
    expect(await store.holds(other, one.authorId, one.nonce)).toBe(false)
    expect(await store.holds(channel, bob, one.nonce)).toBe(false)
  })

  test("a nonce seen before with another body is a conflict, whatever became of the first message", async () => {
    const channel = await bed().newChannel()
    const one = draft("first words")
    await store.append(channel, [one])
    expect((await store.append(channel, [{ ...one, content: "other words" }])).results).toEqual([
      { status: "conflict" },
    ])
    await store.change(channel, [{ kind: "edit", seq: 1, version: 1, content: "other words", by: alice }])
    expect((await store.append(channel, [{ ...one, content: "other words" }])).results).toEqual([
      { status: "conflict" },
    ])
    const retry = await store.append(channel, [one])
    expect(retry.results[0]).toMatchObject({
      status: "duplicate",
      message: { seq: 1, content: "other words", version: 2 },
    })
    await store.change(channel, [{ kind: "delete", seq: 1, by: null }])
    expect((await store.append(channel, [one])).results[0]).toMatchObject({
      status: "duplicate",
      message: { deleted: true },
    })
  })

  test("the same nonce of another author, or in another channel, is another message", async () => {
    const [channel, other] = [await bed().newChannel(), await bed().newChannel()]
    const one = draft()
    await store.append(channel, [one])
    const { results } = await store.append(channel, [{ ...one, authorId: bob }])
    expect(results[0]).toMatchObject({ status: "stored", message: { seq: 2 } })
    expect((await store.append(other, [one])).results[0]).toMatchObject({ status: "stored", message: { seq: 1 } })
  })

  test("a nonce twice in one batch is stored once", async () => {
    const channel = await bed().newChannel()
    const one = draft("twin")
    const { results, packet } = await store.append(channel, [one, draft("x"), one, { ...one, content: "evil twin" }])
    expect(results.map((r) => r.status)).toEqual(["stored", "stored", "duplicate", "conflict"])
    expect(messageOf(results[2]).seq).toBe(1)
    expect(packet?.items.map((m) => m.content)).toEqual(["twin", "x"])
  })

  test("retries among new drafts leave no hole", async () => {
    const channel = await bed().newChannel()
    const old = drafts(3)
    await store.append(channel, old)
    const [a, b, c] = old
    if (!a || !b || !c) throw new Error("three drafts")
    const mixed = [draft("4th"), a, draft("5th"), { ...b, content: "changed" }, c, draft("6th")]
    const { results, packet } = await store.append(channel, mixed)
    expect(results.map((r) => r.status)).toEqual(["stored", "duplicate", "stored", "conflict", "duplicate", "stored"])
    expect(packet?.items.map((m) => [m.seq, m.content])).toEqual([
      [4, "4th"],
      [5, "5th"],
      [6, "6th"],
    ])
    expect(packet).toMatchObject({ ver: 2, head: 6 })
  })

  test("takes at most 64 drafts and 64 KB, and a bigger one alone", async () => {
    const channel = await bed().newChannel()
    expect((await store.append(channel, drafts(100))).results).toHaveLength(64)
    const big = Array.from({ length: 6 }, () => draft("b".repeat(16_384)))
    expect((await store.append(channel, big)).results).toHaveLength(4)
    expect((await store.append(channel, [draft("c".repeat(70_000)), draft("d")])).results).toHaveLength(1)
  })

  test("ids rise with the numbers, even when clocks go back", async () => {
    const channel = await bed().newChannel()
    let now = Date.parse("2026-05-05T12:00:00.123Z")
    const moved = await bed().open({ clock: () => now })
    const before = await moved.append(channel, drafts(3))
    expect(messageOf(before.results[0]).createdAt).toBe(now)
    now -= 3_600_000
    await moved.append(channel, drafts(3))
    await store.append(channel, drafts(2))
    const all = await readAll(store, channel)
    expect(all.map((m) => m.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(ascending(all.map((m) => m.id))).toBe(true)
  })

  test("an import says when each message was written, and ids rise all the same", async () => {
    const channel = await bed().newChannel()
    const now = Date.parse("2026-05-05T12:00:00.123Z")
    const past = await bed().open({ clock: () => now })
    const at = (createdAt: number) => draft("then", { createdAt })
    const day = 86_400_000
    const batches = [
      // In order, at the same moment, back in time, and in the future.
      [at(now - 3 * day), at(now - 2 * day), at(now - 2 * day), at(now - 5 * day), at(now - 2 * day + 1)],
      // A later batch that is older than what is there, with one of now in between.
      [at(now - 4 * day), at(now - day + 0.7), draft("now"), at(now - day), at(now + day)],
    ]
    for (const batch of batches) await appendAll(past, channel, batch)
    const all = await readAll(store, channel)
    const [d, ms] = [(n: number) => now - n * day, (m: { id: string }) => snowflakeTime(m.id)]
    expect(all.map((m) => m.createdAt)).toEqual([d(3), d(2), d(2), d(5), d(2) + 1, d(4), d(1), now, d(1), now])
    expect(all.map(ms)).toEqual([d(3), d(2), d(2), d(2), d(2) + 1, d(2) + 1, d(1), now, now, now])
    expect(ascending(all.map((m) => m.id))).toBe(true)
    expect(all.map((m) => m.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    // Those that need not step aside have the smallest id of their millisecond, as live ones do.
    expect([all[0]?.id, all[1]?.id, all[6]?.id]).toEqual([d(3), d(2), d(1)].map((time) => String(snowflakeAt(time))))
  })

  test("an import that is sent again finds what is there, whatever time it names now", async () => {
    const channel = await bed().newChannel()
    const one = draft("long ago", { createdAt: Date.parse("2024-02-29T08:00:00Z") })
    const [first] = (await store.append(channel, [one])).results
    const again = await store.append(channel, [{ ...one, createdAt: Date.parse("2025-01-01T00:00:00Z") }, draft("new")])
    expect(again.results[0]).toEqual({ ...first, status: "duplicate" })
    expect(messageOf(again.results[1]).createdAt).toBeGreaterThan(Date.parse("2026-01-01T00:00:00Z"))
    expect(again.packet).toMatchObject({ head: 2, ver: 2 })
  })

  test("goes on over a bucket's end, and so does a store that knows nothing yet", async () => {
    const channel = await bed().newChannel()
    const sent = drafts(2030)
    const results = await appendAll(store, channel, sent)
    expect(results.every((r) => r.status === "stored")).toBe(true)
    expect(results.map((r) => messageOf(r).seq)).toEqual(sent.map((_, i) => i + 1))
    const all = await readAll(await bed().open(), channel)
    expect(all).toEqual(results.map(messageOf))
    expect(ascending(all.map((m) => m.id))).toBe(true)

    const fresh = await bed().open()
    expect((await fresh.append(channel, [draft("next")])).results[0]).toMatchObject({ message: { seq: 2031 } })
    const hinted = await bed().open({ headHint: async () => 1500 })
    expect((await hinted.append(channel, [draft("next")])).results[0]).toMatchObject({ message: { seq: 2032 } })
    const retried = [sent[0], sent[999], sent[1000], sent[2029]].flatMap((d) => d ?? [])
    expect((await fresh.append(channel, retried)).results.map((r) => [r.status, messageOf(r).seq])).toEqual([
      ["duplicate", 1],
      ["duplicate", 1000],
      ["duplicate", 1001],
      ["duplicate", 2030],
    ])
  })

  test("a hint that is ahead of the log, or that cannot be had, does no harm", async () => {
    const channel = await bed().newChannel()
    await store.append(channel, drafts(2))
    const ahead = await bed().open({ headHint: async () => 5500 })
    expect((await ahead.append(channel, [draft()])).results[0]).toMatchObject({ message: { seq: 3 } })
    const broken = await bed().open({ headHint: () => Promise.reject(new Error("no hint")) })
    expect((await broken.append(channel, [draft()])).results[0]).toMatchObject({ message: { seq: 4 } })
  })
}
