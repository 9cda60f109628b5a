import { describe, expect, it } from "vitest"
import { cleanText } from "./clean.ts"

describe("a page's words as plain text", () => {
  it.each([
    ["  two\n\n words\t ", "two words"],
    ["a\u202Eb\u2066c\u200Fd\u200Be\u00ADf\u0000g\u{E0041}h\uFEFF", "abcdefgh"],
    ["👩‍👩‍👧 ❤️ क्‍ष می‌خواهم", "👩‍👩‍👧 ❤️ क्‍ष می‌خواهم"],
    [`Z${"\u0335".repeat(40)}algo`, `Z${"\u0335".repeat(3)}algo`],
    ["\uD800half", "\uFFFDhalf"],
    ["\u2800\u3164\u115F", ""],
  ])("%j", (text, expected) => expect(cleanText(text, 100)).toBe(expected))

  it("is cut at a word, and never through a character", () => {
    expect(cleanText("one two three four", 12)).toBe("one two…")
    expect(cleanText("x".repeat(50), 10)).toBe(`${"x".repeat(9)}…`)
    expect([...cleanText("😀".repeat(50), 10)]).toHaveLength(10)
  })
})
