import { describe, expect, it } from "vitest"
import { plainText } from "./plain-text.ts"

const line = (content: string) => plainText(content, (id) => (id === "12" ? "Ada" : undefined))

describe("a message in one line", () => {
  it.each([
    ["**the** *turned* ~~edge~~ `is` gone", "the turned edge is gone"],
    ["one\ntwo\n\nthree", "one two three"],
    ["> quoted\n\nanswer", "quoted answer"],
    ["- a\n- b", "a b"],
    ["see [the list](https://example.org)", "see the list"],
    ["```ts\nlet a = 1\n```", "let a = 1"],
    ["<@12> and <@13>", "@Ada and @somebody"],
  ])("says %j without its form", (content, plain) => {
    expect(line(content)).toBe(plain)
  })

  it("does not give away what is hidden", () => {
    expect(line("it was ||the butler|| all along")).toBe("it was ▒▒▒ all along")
  })
})
