import { AppError, type Message, type OwnReactions, toPoll } from "@hearth/core"
import { describe, expect, it, vi } from "vitest"
import { createOwnReactions } from "./own-reactions.ts"

const message = (reactions: Message["reactions"], mver = 1, content = "hi"): Message => ({
  channelId: "7",
  seq: 1,
  id: "70",
  mver,
  version: 1,
  authorId: "1",
  nonce: "n",
  content,
  createdAt: 0,
  editedAt: null,
  deleted: false,
  replyTo: null,
  reactions,
})

const setup = (stored: OwnReactions[] = []) => {
  const answers: { resolve: (m: Message) => void; reject: (e: unknown) => void; on: boolean; emoji: string }[] = []
  const asked: number[][] = []
  const failures: string[] = []
  const merged: Message[] = []
  const own = createOwnReactions({
    request: ((_name: string, { on, emoji }: { on: boolean; emoji: string }) =>
      new Promise((resolve, reject) =>
        answers.push({ on, emoji, resolve: (m) => resolve({ message: m }), reject }),
      )) as never,
    mine: async ({ seqs }) => {
      asked.push(seqs)
      return { mine: stored }
    },
    onMessage: (m) => merged.push(m),
    toError: (e) => e as AppError,
  })
  const toggle = (m: Message, emoji: string, on?: boolean) => own.toggle(m, emoji, (e) => failures.push(e.code), on)
  return { own, toggle, answers, asked, failures, merged, stored }
}
const mineOf = (own: ReturnType<typeof setup>["own"], m: Message) => [...own.shown(m).mine]

describe("one's own reactions", () => {
  it("are asked for together, of those that are drawn, and shown when they are known", async () => {
    const { own, asked } = setup([{ seq: 1, mver: 3, emojis: ["👍"] }])
    const heard = vi.fn()
    own.watch("7", 1, heard)
    own.watch("7", 2, () => {})
    const m = message({ "👍": 2, "🎉": 1 }, 3)
    expect(mineOf(own, m)).toEqual([])
    await vi.waitFor(() => expect(heard).toHaveBeenCalled())
    expect(asked).toEqual([[1, 2]])
    expect(mineOf(own, m)).toEqual(["👍"])
    expect(own.shown(m)).toBe(own.shown(m))
  })

  it("have one answer for each copy of a message, so that two may be drawn at once", () => {
    const { own } = setup()
    const [a, b] = [message({ "👍": 1 }), message({ "👍": 2 })]
    const shown = [own.shown(a), own.shown(b)]
    expect([own.shown(a), own.shown(b)].map((again, i) => again === shown[i])).toEqual([true, true])
    expect(shown.map((s) => s.reactions["👍"])).toEqual([1, 2])
  })

  it("count at once, and are not counted twice when the packet is faster than the answer", async () => {
    const { own, toggle, answers, merged } = setup()
    const m = message({ "👍": 2 })
    toggle(m, "👍")
    expect(own.shown(m)).toEqual({ reactions: { "👍": 3 }, mine: new Set(["👍"]) })
    const after = message({ "👍": 3 }, 2)
    expect(own.shown(after).reactions).toEqual({ "👍": 3 })
    answers[0]?.resolve(after)
    await vi.waitFor(() => expect(merged).toEqual([after]))
    expect(own.shown(after)).toEqual({ reactions: { "👍": 3 }, mine: new Set(["👍"]) })
  })

  it("are as they were when it fails, and that is told", async () => {
    const { own, toggle, answers, failures, asked } = setup()
    const m = message({})
    toggle(m, "👍")
    expect(own.shown(m).reactions).toEqual({ "👍": 1 })
    answers[0]?.reject(new AppError("FORBIDDEN", "no"))
    await vi.waitFor(() => expect(failures).toEqual(["FORBIDDEN"]))
    expect(own.shown(m)).toEqual({ reactions: {}, mine: new Set() })
    // It may have happened all the same.
    await vi.waitFor(() => expect(asked).toEqual([[1]]))
  })

  it("end as they were pressed last, whatever is under way", async () => {
    const { own, toggle, answers } = setup()
    const m = message({})
    toggle(m, "👍")
    toggle(m, "👍")
    expect(own.shown(m)).toEqual({ reactions: {}, mine: new Set() })
    expect(answers.map((a) => a.on)).toEqual([true])
    answers[0]?.resolve(message({ "👍": 1 }, 2))
    await vi.waitFor(() => expect(answers.map((a) => a.on)).toEqual([true, false]))
    answers[1]?.resolve(message({}, 3))
    await vi.waitFor(() => expect(own.shown(message({}, 3)).mine.size).toBe(0))
  })

  it("follow the other devices by mver, in whatever order words of them come [5.21]", async () => {
    const { own, stored, asked } = setup()
    own.watch("7", 1, () => {})
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    const told = (emoji: string, on: boolean, mver: number) => own.reacted({ channelId: "7", seq: 1, emoji, on, mver })
    told("🎉", true, 6)
    told("👍", true, 5)
    told("👍", false, 4)
    const m = message({ "👍": 1, "🎉": 1 }, 6)
    expect(mineOf(own, m).sort()).toEqual(["🎉", "👍"])
    // Back on a connection: the answer counts for all that it is newer than.
    stored.push({ seq: 1, mver: 5, emojis: [] })
    own.online()
    await vi.waitFor(() => expect(mineOf(own, message({ "👍": 1, "🎉": 1 }, 6))).toEqual(["🎉"]))
    expect(asked).toHaveLength(2)
  })

  it("of a message that nobody draws are not asked for again", async () => {
    const { own, asked } = setup()
    own.watch("7", 1, () => {})()
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    own.online()
    own.watch("7", 2, () => {})
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(asked[1]).toEqual([2])
  })
})

describe("one's own votes", () => {
  const poll = { question: "?", options: ["a", "b", "c"], several: false, secret: false, ended: false }
  const content = toPoll(poll)

  it("where one chooses one, take the other back at once, and are as they were when that fails", async () => {
    const { own, toggle, answers, failures } = setup([{ seq: 1, mver: 2, emojis: ["1️⃣"] }])
    own.watch("7", 1, () => {})
    const m = message({ "1️⃣": 2, "3️⃣": 1 }, 2, content)
    await vi.waitFor(() => expect(mineOf(own, m)).toEqual(["1️⃣"]))
    toggle(m, "3️⃣")
    expect(own.shown(m)).toEqual({ reactions: { "1️⃣": 1, "3️⃣": 2 }, mine: new Set(["3️⃣"]) })
    answers[0]?.reject(new AppError("POLL_ENDED", "Over."))
    await vi.waitFor(() => expect(own.shown(m)).toEqual({ reactions: m.reactions, mine: new Set(["1️⃣"]) }))
    expect(failures).toEqual(["POLL_ENDED"])
  })

  it("go out one after the other, the last one last, and nothing that was passed over", async () => {
    const { own, toggle, answers } = setup()
    const m = message({}, 1, content)
    for (const emoji of ["1️⃣", "2️⃣", "3️⃣"]) toggle(m, emoji)
    expect(answers.map((a) => a.emoji)).toEqual(["1️⃣"])
    expect(mineOf(own, m)).toEqual(["3️⃣"])
    answers[0]?.resolve(message({ "1️⃣": 1 }, 2, content))
    await vi.waitFor(() => expect(answers.map((a) => a.emoji)).toEqual(["1️⃣", "3️⃣"]))
    const last = message({ "3️⃣": 1 }, 3, content)
    answers[1]?.resolve(last)
    await vi.waitFor(() => expect(own.shown(last)).toEqual({ reactions: last.reactions, mine: new Set(["3️⃣"]) }))
    toggle(last, "3️⃣")
    await vi.waitFor(() => expect(answers).toHaveLength(3))
    expect(answers[2]).toMatchObject({ emoji: "3️⃣", on: false })
  })

  it("pressed again are not taken back, and are taken back once", async () => {
    const { own, toggle, answers } = setup()
    const m = message({}, 1, content)
    toggle(m, "1️⃣", true)
    toggle(m, "1️⃣", true)
    expect(own.shown(m)).toEqual({ reactions: { "1️⃣": 1 }, mine: new Set(["1️⃣"]) })
    const after = message({ "1️⃣": 1 }, 2, content)
    answers[0]?.resolve(after)
    await vi.waitFor(() => expect(own.shown(after)).toEqual({ reactions: after.reactions, mine: new Set(["1️⃣"]) }))
    expect(answers.map((a) => a.on)).toEqual([true])
    toggle(after, "1️⃣", false)
    toggle(after, "1️⃣", false)
    expect(mineOf(own, after)).toEqual([])
    expect(answers.map((a) => a.on)).toEqual([true, false])
  })

  it("on another device take the others back here, too", async () => {
    const { own } = setup([{ seq: 1, mver: 2, emojis: ["1️⃣"] }])
    own.watch("7", 1, () => {})
    const m = message({ "1️⃣": 2, "2️⃣": 1 }, 3, content)
    await vi.waitFor(() => expect(mineOf(own, m)).toEqual(["1️⃣"]))
    own.reacted({ channelId: "7", seq: 1, emoji: "2️⃣", on: true, off: ["1️⃣", "3️⃣"], mver: 3 })
    expect(mineOf(own, m)).toEqual(["2️⃣"])
  })

  it("where one may choose several, are a request each", () => {
    const { own, toggle, answers } = setup()
    const m = message({}, 1, toPoll({ ...poll, several: true }))
    toggle(m, "1️⃣")
    toggle(m, "2️⃣")
    expect(answers.map((a) => a.emoji)).toEqual(["1️⃣", "2️⃣"])
    expect(mineOf(own, m)).toEqual(["1️⃣", "2️⃣"])
  })
})
