import { createSecretKey } from "node:crypto"
import { fromPoll, isPoll, type Poll, toPoll } from "@hearth/core"
import { beforeAll, expect, test } from "vitest"
import type { MessageStore, Op } from "../port.ts"
import { alice, appendAll, type Bed, bob, draft, insist } from "./bed.ts"

const HOUR = 3_600_000
const poll: Poll = {
  question: "Cake?",
  options: ["Plum", "Poppy", "None"],
  several: false,
  secret: false,
  ended: false,
}

/** A poll's votes are reactions with the emoji of its options. */
export const pollCases = (bed: () => Bed): void => {
  let store: MessageStore
  let now = Date.now()
  let channel: string
  beforeAll(async () => {
    store = await bed().open({ clock: () => now })
  })
  const asked = async (more: Partial<Poll> = {}) => {
    channel = await bed().newChannel()
    await appendAll(store, channel, [draft(toPoll({ ...poll, ...more }))])
  }
  const vote = (emoji: string, userId = bob, on = true): Op => ({ kind: "react", seq: 1, emoji, userId, on })
  const one = async (op: Op, at = store) => (await at.change(channel, [op])).results[0]
  const counts = async () => (await store.get(channel, 1))?.reactions
  const own = async (userId = bob) => (await store.reactedBy(channel, [1], userId)).flatMap((m) => m.emojis)

  test("where one chooses one, a vote takes the other back in the same change, and a retry changes nothing", async () => {
    await asked()
    await one(vote("1️⃣"))
    await one(vote("1️⃣", alice))
    await one(vote("👍"))
    const { results, packets } = await store.change(channel, [vote("2️⃣")])
    expect(results).toMatchObject([{ status: "changed", message: { reactions: { "1️⃣": 1, "2️⃣": 1, "👍": 1 } } }])
    expect(packets).toHaveLength(1)
    expect(await one(vote("2️⃣"))).toMatchObject({ status: "unchanged" })
    expect(await own()).toEqual(["2️⃣", "👍"].sort())
    expect((await store.details(channel, 1, 1, null, 10)).map((d) => d.key)).toEqual(
      [`1️⃣:${alice}`, `2️⃣:${bob}`, `👍:${bob}`].sort(),
    )
    await one(vote("2️⃣", bob, false))
    expect(await counts()).toEqual({ "1️⃣": 1, "👍": 1 })
  })

  test("in one batch, too, the last vote of one person is the one that counts", async () => {
    await asked()
    await store.change(channel, [vote("1️⃣"), vote("3️⃣"), vote("2️⃣", alice), vote("2️⃣")])
    expect(await counts()).toEqual({ "2️⃣": 2 })
    expect(await store.details(channel, 1, 1, null, 10)).toHaveLength(2)
  })

  test("where one may choose several, votes leave each other alone", async () => {
    await asked({ several: true })
    await store.change(channel, [vote("1️⃣"), vote("3️⃣")])
    expect(await counts()).toEqual({ "1️⃣": 1, "3️⃣": 1 })
    // No option has this emoji: it is a reaction as any other.
    await store.change(channel, [vote("4️⃣")])
    expect(await own()).toEqual(["1️⃣", "3️⃣", "4️⃣"])
  })

  test("after its hours, by the server's clock, nothing is voted or taken back; what was counted is found by a retry", async () => {
    await asked({ hours: 1 })
    await one(vote("1️⃣"))
    const { createdAt = 0 } = (await store.get(channel, 1)) ?? {}
    now = createdAt + HOUR - 1
    expect(await one(vote("2️⃣"))).toMatchObject({ status: "changed" })
    now = createdAt + HOUR
    expect(await one(vote("1️⃣"))).toEqual({ status: "ended" })
    expect(await one(vote("2️⃣", bob, false))).toEqual({ status: "ended" })
    expect(await one(vote("2️⃣"))).toMatchObject({ status: "unchanged" })
    expect(await one(vote("👍"))).toMatchObject({ status: "changed" })
    expect(await one({ kind: "end", seq: 1, by: alice })).toMatchObject({ status: "unchanged" })
    expect(await counts()).toEqual({ "2️⃣": 1, "👍": 1 })
  })

  test("its author ends it, or one who may; that is a version like any other, and once", async () => {
    await asked({ hours: 24 })
    await one(vote("1️⃣"))
    expect(await one({ kind: "end", seq: 1, by: bob })).toEqual({ status: "forbidden" })
    expect(await one({ kind: "end", seq: 1, by: null })).toMatchObject({ status: "changed", message: { version: 2 } })
    expect(await one({ kind: "end", seq: 1, by: alice })).toMatchObject({
      status: "unchanged",
      message: { version: 2 },
    })
    const now = await store.get(channel, 1)
    expect(now).toMatchObject({ version: 2, editedAt: null, reactions: { "1️⃣": 1 } })
    expect(fromPoll(now?.content ?? "")).toEqual({ ...poll, hours: 24, ended: true })
    expect(await one(vote("2️⃣"))).toEqual({ status: "ended" })
    await appendAll(store, channel, [draft("no poll")])
    expect(await one({ kind: "end", seq: 2, by: alice })).toEqual({ status: "missing" })
  })

  test("what was asked is not edited; deleted, nothing of it is left", async () => {
    await asked()
    await one(vote("1️⃣"))
    const edit: Op = { kind: "edit", seq: 1, version: 1, content: "Pie?", by: alice }
    expect(await one(edit)).toEqual({ status: "fixed" })
    expect(await one({ ...edit, by: bob })).toEqual({ status: "forbidden" })
    await one({ kind: "delete", seq: 1, by: alice })
    expect(await store.get(channel, 1)).toMatchObject({ deleted: true, content: "", reactions: {} })
    expect(await own()).toEqual([])
    expect(await one(vote("1️⃣"))).toEqual({ status: "missing" })
    expect(await one({ kind: "end", seq: 1, by: alice })).toEqual({ status: "missing" })
  })

  test("every option can be voted for, however many other emoji there are", async () => {
    const options = Array.from({ length: 10 }, (_, i) => `option ${i}`)
    await asked({ options, several: true })
    const emoji = Array.from({ length: 30 }, (_, i) => String.fromCodePoint(0x1f600 + i))
    await store.change(
      channel,
      emoji.map((e) => vote(e)),
    )
    for (const option of ["1️⃣", "9️⃣", "🔟"]) expect(await one(vote(option))).toMatchObject({ status: "changed" })
    expect(await one(vote("🎉"))).toEqual({ status: "forbidden" })
  })

  test("twelve people at three stores change their minds at once: each counts once", async () => {
    await asked()
    const stores = await Promise.all([0, 1, 2].map(() => bed().open({ clock: () => now })))
    await Promise.all(
      stores.map(async (s, w) => {
        for (let i = 0; i < 4; i++) {
          const userId = String(5000 + w * 10 + i)
          await insist(() => s.change(channel, [vote("1️⃣", userId)]))
          await insist(() => s.change(channel, [vote("2️⃣", userId)]))
        }
      }),
    )
    expect(await counts()).toEqual({ "2️⃣": 12 })
    expect(await store.details(channel, 1, 1, null, 100)).toHaveLength(12)
  })

  test("sealed at rest it is voted on and ended as well", async () => {
    const sealed = await bed().open({ bodyKeys: [{ id: 1, key: createSecretKey(Buffer.alloc(32, 9)) }] })
    channel = await bed().newChannel()
    await appendAll(sealed, channel, [draft(toPoll(poll))])
    await one(vote("3️⃣"), sealed)
    await one({ kind: "end", seq: 1, by: alice }, sealed)
    const message = await sealed.get(channel, 1)
    expect(message?.reactions).toEqual({ "3️⃣": 1 })
    expect(isPoll(message?.content ?? "") && fromPoll(message?.content ?? "")).toMatchObject({ ended: true })
    expect(await one(vote("1️⃣"), sealed)).toEqual({ status: "ended" })
  })
}
