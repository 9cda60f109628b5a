import { randomOf } from "@hearth/ui/portrait"
import { expect, it } from "vitest"
import { expand } from "./grammar.ts"
import { parsePack } from "./pack.ts"

const slots = () => ({
  words: new Map([
    ["fruit", ["plum", "pear"]],
    ["jam", ["{fruit} jam"]],
  ]),
  name: () => "Ada",
  kept: new Map<string, string>(),
})
const all = (text: string) =>
  [...new Set(Array.from({ length: 200 }, (_, i) => expand(randomOf(`${i}`), text, slots())))].sort()

it("chooses between alternatives, words and numbers, one inside of the other", () => {
  expect(all("{a|b{1..2}}")).toEqual(["A", "B1", "B2"])
  expect(all("so {jam}")).toEqual(["So pear jam", "So plum jam"])
  expect(all("x {0.1..0.3}")).toEqual(["X 0.1", "X 0.2", "X 0.3"])
  expect(all("hi {name}")).toEqual(["Hi Ada"])
})

it("keeps a word for a scene", () => {
  for (const text of all("{fruit#1} and {fruit#1}")) expect(text).toMatch(/^(Plum and plum|Pear and pear)$/i)
})

it("leaves the braces of code, and spoilers, alone", () => {
  expect(all("~~~c\nf() { x = $[1|2]; }\n~~~")).toEqual(["```c\nf() { x = 1; }\n```", "```c\nf() { x = 2; }\n```"])
  expect(all("who? ||me||")).toEqual(["Who? ||me||"])
})

it.each(["{nothing}", "{open"])("says so of %s", (text) => {
  expect(() => expand(randomOf("x"), text, slots())).toThrow()
})

it("reads a file: words, who speaks to whom, what may be left out, over several lines, with reactions, and in whose language", () => {
  const { words, scenes, plain } = parsePack(
    "# a word\nfruit = plum | {a|b} pear\n---\nA: one\n\n* two ~🎉👍🏽\nB?>A: three\n---\n@ Kim|Park\nA: 넷\n",
  )
  expect(words.get("fruit")).toEqual(["plum", "{a|b} pear"])
  expect(plain).toBe(false)
  expect(scenes).toEqual([
    [
      { who: "A", to: null, text: "one\n\n* two", optional: false, reactions: ["🎉", "👍🏽"], speakers: null },
      { who: "B", to: "A", text: "three", optional: true, reactions: [], speakers: null },
    ],
    [{ who: "A", to: null, text: "넷", optional: false, reactions: [], speakers: /Kim|Park/u }],
  ])
})
