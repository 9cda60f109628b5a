import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Content } from "./content.ts"
import { fromForwarded, ownWords, readable, toForwarded } from "./forward.ts"
import { mentionsIn } from "./mentions.ts"
import { Emoji } from "./emoji.ts"
import { PollOption, StartPoll } from "./poll-request.ts"
import { isPoll, isVote, pollParts } from "./poll-text.ts"
import { fromPoll, isPollOver, optionEmoji, POLL_HOURS, type Poll, pollEnd, takenBack, toPoll } from "./poll.ts"

const poll: Poll = {
  question: "Cake?",
  options: ["Plum", "Poppy seed", "1️⃣ none"],
  several: false,
  secret: false,
  ended: false,
}
const content = toPoll(poll)
const wanted = {
  channelId: "1",
  nonce: "nonce-0000000001",
  question: "Cake?",
  options: ["yes", "no"],
  several: false,
  secret: false,
}

describe("a poll in a log", () => {
  it("is read as it was asked, whatever it says [6.13]", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 })
    const question = fc
      .array(text, { minLength: 1, maxLength: 4 })
      .map((l) => Content.safeParse(l.join("\n")).data ?? "x")
    const option = text.map((s) => PollOption.safeParse(s).data ?? "x")
    const polls = fc.record({
      question,
      options: fc.array(option, { minLength: 2, maxLength: 10 }),
      several: fc.boolean(),
      secret: fc.boolean(),
      hours: fc.constantFrom(undefined, ...POLL_HOURS),
      ended: fc.boolean(),
    })
    fc.assert(
      fc.property(polls, (any) => {
        expect(fromPoll(toPoll(any))).toEqual(any)
        expect(ownWords(toPoll(any))).toBe(any.question)
      }),
    )
  })

  it("cannot be written by a person", () => {
    expect(Content.safeParse(content).success).toBe(false)
    expect(PollOption.safeParse("a\u001fb").success).toBe(false)
    const copied = content.replaceAll("\u001f", "")
    expect([isPoll(copied), fromPoll(copied), isVote(copied, "1️⃣"), ownWords(copied)]).toEqual([
      false,
      null,
      false,
      copied,
    ])
  })

  it("shows as question and options where nothing but text is shown; cut off, too", () => {
    expect(readable(content)).toBe("Cake?\n1️⃣ Plum\n2️⃣ Poppy seed\n3️⃣ 1️⃣ none")
    expect(readable(content.slice(0, 12))).toBe("Cake?\n1️⃣ P")
    expect(fromPoll(content.slice(0, 12))).toBeNull()
    const source = { name: "Maja", guildId: "11", channelId: "12", seq: 13 }
    const passedOn = toForwarded({ source, text: content, comment: "<@2>" })
    expect(fromForwarded(passedOn)).toMatchObject({ text: readable(content), comment: "<@2>" })
    expect([isPoll(passedOn), ownWords(passedOn)]).toEqual([false, "<@2>"])
  })

  it("addresses whom its question names, and nobody whom an option does", () => {
    const asked = toPoll({ ...poll, question: "<@1>, cake?", options: ["<@2>", "@everyone"] })
    expect(mentionsIn(asked)).toMatchObject({ userIds: ["1"], everyone: false })
  })

  it("has votes by the emoji of its options, and by no other", () => {
    expect(Emoji.safeParse("–").success).toBe(false)
    expect(optionEmoji).toHaveLength(10)
    for (const emoji of optionEmoji) expect(Emoji.safeParse(emoji).success).toBe(true)
    const votes = ["1️⃣", "3️⃣", "4️⃣", "👍", "1"].filter((emoji) => isVote(content, emoji))
    expect(votes).toEqual(["1️⃣", "3️⃣"])
    expect(pollParts(content)).toEqual([poll.question, ...poll.options, "1"])
    expect(takenBack(content, "2️⃣")).toEqual(["1️⃣", "3️⃣"])
    expect(takenBack(toPoll({ ...poll, several: true }), "2️⃣")).toEqual([])
    expect(takenBack(content, "👍")).toEqual([])
  })

  it("is over after its hours, or when somebody ended it", () => {
    const hour = 3_600_000
    const day: Poll = { ...poll, hours: 24 }
    expect(pollEnd(day, 5)).toBe(5 + 24 * hour)
    expect([pollEnd(poll, 5), pollEnd({ ...day, ended: true }, 5)]).toEqual([null, null])
    expect([isPollOver(day, 5, 4 + 24 * hour), isPollOver(day, 5, 5 + 24 * hour)]).toEqual([false, true])
    expect(isPollOver(poll, 5, Number.MAX_SAFE_INTEGER)).toBe(false)
    expect(isPollOver({ ...poll, ended: true }, 5, 6)).toBe(true)
  })
})

describe("what is asked for", () => {
  it("is one line an option, with what emoji are made of", () => {
    expect(StartPoll.parse({ ...wanted, options: ["  a \n b ", "👩‍🌾"] }).options).toEqual(["a b", "👩‍🌾"])
  })

  it.each([
    { options: ["one"] },
    { options: Array.from({ length: 11 }, (_, i) => `${i}`) },
    { options: ["same", "same "] },
    { options: ["fine", " "] },
    { options: ["fine", "x".repeat(101)] },
    { options: ["fine", "\u200b"] },
    { question: "" },
    { question: "x".repeat(301) },
    { question: "a\u001fb" },
    { hours: 2 },
  ])("is refused as %j", (more) => {
    expect(StartPoll.safeParse({ ...wanted, ...more }).success).toBe(false)
  })
})
