import { createSecretKey } from "node:crypto"
import { expect, test } from "vitest"
import type { BodyKey } from "../bodies.ts"
import type { MessageStore } from "../port.ts"
import type { Snowflake } from "@hearth/core"
import { alice, appendAll, type Bed, bob, draft, drafts, insist, messageOf, readAll } from "./bed.ts"

const key = (id: number): BodyKey => ({ id, key: createSecretKey(Buffer.alloc(32, id)) })

const resealAll = async (store: MessageStore, channelId: Snowflake, limit = 100): Promise<number> => {
  let rewritten = 0
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after
    const done = await insist(() => store.reseal(channelId, from, limit))
    rewritten += done.rewritten
    after = done.last
  }
  return rewritten
}

const edit = async (store: MessageStore, channelId: Snowflake, seq: number, version: number, content: string) => {
  const { results } = await store.change(channelId, [{ kind: "edit", seq, version, content, by: alice }])
  expect(results[0]?.status).toBe("changed")
}

const unreadable = { code: "UNAVAILABLE", message: expect.stringContaining("keys") }

/** Bodies under keys: nobody without them reads what is stored, and a rotation is seen by nobody. */
export const bodyCases = (bed: () => Bed): void => {
  test("what is written with a key is read with it, and by nobody else; old versions, too", async () => {
    const channelId = await bed().newChannel()
    const [own, plain, other] = await Promise.all([[key(1)], [], [key(2)]].map((bodyKeys) => bed().open({ bodyKeys })))
    if (!own || !plain || !other) throw new Error("no stores")
    await own.append(channelId, [draft("grüße 👋")])
    await edit(own, channelId, 1, 1, "grüße an alle")
    expect((await own.page(channelId, {}, 10)).messages).toMatchObject([{ content: "grüße an alle", version: 2 }])
    expect(await own.details(channelId, 1, 2, null, 10)).toMatchObject([{ key: "1", content: "grüße 👋" }])
    for (const store of [plain, other]) {
      await expect(store.page(channelId, {}, 10)).rejects.toMatchObject(unreadable)
      await expect(store.get(channelId, 1)).rejects.toMatchObject(unreadable)
      await expect(store.details(channelId, 1, 2, null, 10)).rejects.toMatchObject(unreadable)
      // The store itself is well.
      await store.ping()
    }
  })

  test("a retry is known by its body whatever it lies under, and another body is a conflict", async () => {
    const channelId = await bed().newChannel()
    const [plain, sealed] = [await bed().open(), await bed().open({ bodyKeys: [key(1)] })]
    const first = draft("once")
    const stored = messageOf((await plain.append(channelId, [first])).results[0])
    const again = await sealed.append(channelId, [first, { ...first, content: "twice" }])
    expect(again.results.map((r) => r.status)).toEqual(["duplicate", "conflict"])
    expect(messageOf(again.results[0])).toEqual(stored)
    const second = draft("sealed")
    await sealed.append(channelId, [second])
    expect((await sealed.append(channelId, [second])).results[0]).toMatchObject({
      status: "duplicate",
      message: { content: "sealed" },
    })
  })

  test("cards lie under the key, too, go along with a rotation, and a message is read without them", async () => {
    const channelId = await bed().newChannel()
    const own = await bed().open({ bodyKeys: [key(1)] })
    const url = "https://example.org/"
    const previews = [{ url, site: "example.org", title: "A page" }]
    await own.append(channelId, [draft(url)])
    await own.change(channelId, [{ kind: "preview", seq: 1, previews }])
    const thread = { id: "77", replies: 1, lastAt: 1, people: [bob] }
    await own.change(channelId, [{ kind: "thread", seq: 1, thread }])
    const both = await bed().open({ bodyKeys: [key(2), key(1)] })
    expect(await both.get(channelId, 1)).toMatchObject({ previews, thread })
    expect(await resealAll(both, channelId)).toBeGreaterThan(0)
    expect(await resealAll(both, channelId)).toBe(0)
    const fresh = await bed().open({ bodyKeys: [key(2)] })
    expect(await fresh.get(channelId, 1)).toMatchObject({ previews, thread, content: url })
    // And back to where they lie plainly.
    const none = await bed().open({ bodyKeys: [] })
    await expect(none.get(channelId, 1)).rejects.toMatchObject(unreadable)
  })

  test("a rotation puts everything under the first key, and a client sees nothing of it", async () => {
    const channelId = await bed().newChannel()
    const plain = await bed().open()
    await appendAll(plain, channelId, drafts(70))
    const before = await bed().open({ bodyKeys: [key(1)] })
    await appendAll(before, channelId, drafts(70))
    await edit(before, channelId, 3, 1, "edited")
    await edit(before, channelId, 139, 1, "edited")
    await before.change(channelId, [
      { kind: "delete", seq: 5, by: null },
      { kind: "react", seq: 6, emoji: "👍", userId: bob, on: true },
    ])
    const all = await readAll(before, channelId)
    const { marks } = await before.page(channelId, {}, 1)

    const rotating = await bed().open({ bodyKeys: [key(2), key(1)] })
    // 139 bodies (one is deleted), and three old versions.
    expect(await resealAll(rotating, channelId)).toBe(142)
    expect(await resealAll(rotating, channelId)).toBe(0)

    const after = await bed().open({ bodyKeys: [key(2)] })
    expect(await readAll(after, channelId)).toEqual(all)
    expect(await after.details(channelId, 3, 2, null, 10)).toMatchObject([{ content: "message 2" }])
    expect(await after.versions(channelId, 3, [1, 2])).toMatchObject([{ key: "1", content: "message 2" }])
    await expect(before.page(channelId, {}, 10)).rejects.toMatchObject(unreadable)
    const since = await after.since(channelId, { from: 1, to: 140 }, marks)
    expect(since).toMatchObject({ reset: false, messages: [], changed: [] })
    // The log goes on.
    expect(messageOf((await after.append(channelId, [draft("on")])).results[0]).seq).toBe(141)
  })

  test("a rotation beside people who write, edit and react loses nothing, and leaves nothing behind", async () => {
    const channelId = await bed().newChannel()
    const old = await bed().open({ bodyKeys: [key(1)] })
    await appendAll(old, channelId, drafts(40))
    const [writer, rotating] = [
      await bed().open({ bodyKeys: [key(2), key(1)] }),
      await bed().open({ bodyKeys: [key(2), key(1)] }),
    ]
    let writing = true
    const write = async () => {
      for (let i = 0; i < 15; i++) {
        await insist(() => writer.append(channelId, [draft(`during ${i}`)]))
        await insist(() => edit(writer, channelId, i + 1, 1, `edited ${i}`))
        await insist(() =>
          writer.change(channelId, [{ kind: "react", seq: i + 1, emoji: "👍", userId: bob, on: true }]),
        )
      }
      writing = false
    }
    const rotate = async () => {
      do await resealAll(rotating, channelId, 7)
      while (writing)
    }
    await Promise.all([write(), rotate()])
    await resealAll(rotating, channelId)
    const messages = await readAll(await bed().open({ bodyKeys: [key(2)] }), channelId)
    expect(messages.map((m) => m.content)).toEqual([
      ...Array.from({ length: 15 }, (_, i) => `edited ${i}`),
      ...Array.from({ length: 25 }, (_, i) => `message ${i + 15}`),
      ...Array.from({ length: 15 }, (_, i) => `during ${i}`),
    ])
    expect(messages.slice(0, 15).every((m) => m.version === 2 && m.reactions["👍"] === 1)).toBe(true)
  })

  test("a message that was edited more often than one step takes is rotated whole", async () => {
    const channelId = await bed().newChannel()
    const store = await bed().open({ bodyKeys: [key(1)] })
    await store.append(channelId, drafts(3))
    const edits = 450
    for (let version = 1; version <= edits; version += 50)
      await insist(() =>
        store.change(
          channelId,
          Array.from({ length: 50 }, (_, i) => ({
            kind: "edit" as const,
            seq: 2,
            version: version + i,
            content: `edit ${version + i}`,
            by: alice,
          })),
        ),
      )
    const rotating = await bed().open({ bodyKeys: [key(2), key(1)] })
    expect(await resealAll(rotating, channelId)).toBe(3 + edits)
    const after = await bed().open({ bodyKeys: [key(2)] })
    const versions: string[] = []
    for (let last: string | null = null; ; ) {
      const page = await after.details(channelId, 2, 2, last, 100)
      if (page.length === 0) break
      versions.push(...page.map((v) => v.content ?? ""))
      last = page.at(-1)?.key ?? null
    }
    expect(new Set(versions).size).toBe(edits)
  })

  test("a log of more than one bucket is rotated to its end", async () => {
    const channelId = await bed().newChannel()
    const store = await bed().open({ bodyKeys: [key(1)] })
    await appendAll(store, channelId, drafts(1100))
    expect(await resealAll(await bed().open({ bodyKeys: [key(3), key(1)] }), channelId, 500)).toBe(1100)
    const head = (await store.head(channelId)).head
    expect(head).toBe(1100)
  })
}
