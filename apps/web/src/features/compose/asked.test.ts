import { describe, expect, it } from "vitest"
import { askedAt, codeBefore } from "./asked.ts"

const at = (text: string) => askedAt(text.replace("|", ""), text.indexOf("|"))

describe("what is completed at the caret", () => {
  it.each([
    ["hi @ma|", { sign: "@", from: 3, query: "ma" }],
    ["@|", { sign: "@", from: 0, query: "" }],
    ["(@Maja Lind|", { sign: "@", from: 1, query: "Maja Lind" }],
    ["hi @ma| and more", { sign: "@", from: 3, query: "ma" }],
    ["see #gen|", { sign: "#", from: 4, query: "gen" }],
    ["line\n#|", { sign: "#", from: 5, query: "" }],
    [":smi|", { sign: ":", from: 0, query: "smi" }],
    ["/|", { sign: "/", from: 0, query: "" }],
    ["/po|", { sign: "/", from: 0, query: "po" }],
    ["🙂:+1|", { sign: ":", from: 2, query: "+1" }],
  ])("in %j", (text, asked) => expect(at(text)).toEqual(asked))

  it.each([
    "me@example|",
    "C#|",
    ":D|",
    "12:30|",
    "https://x|",
    "see /p|",
    "/s/1|",
    "/poll a|",
    "a @b c d e|",
    "@ma |tin".replace("|tin", "\n|"),
  ])("is nothing in %j", (text) => expect(at(text)).toBeNull())
})

describe("a shortcode typed in full", () => {
  it("is known by its second colon", () => {
    expect(codeBefore("so :Tada:", 9)).toEqual({ from: 3, code: "tada" })
    expect(codeBefore(":+1:", 4)).toEqual({ from: 0, code: "+1" })
    expect(codeBefore(":tada: more", 6)).toEqual({ from: 0, code: "tada" })
  })
  it("is not a time of day, nor a part of a word", () => {
    for (const text of ["12:30:", "std::vec:", "a:b:", "::", ":a b:"]) expect(codeBefore(text, text.length)).toBeNull()
  })
})
