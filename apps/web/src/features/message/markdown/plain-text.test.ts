import { describe, expect, it } from "vitest"
import { plainText } from "./plain-text.ts"

const names: Record<string, string> = { "@12": "Ada", "@&7": "Keepers", "#8": "general" }
const line = (content: string) =>
  plainText(content, {
    nameOf: (sign, id) => names[sign + id] ?? "somebody",
    timeOf: (at, style) => `${style} of ${new Date(at).toISOString()}`,
  })

describe("a message in one line", () => {
  it.each([
    ["**the** *turned* ~~edge~~ `is` gone", "the turned edge is gone"],
    ["one\ntwo\n\nthree", "one two three"],
    ["> quoted\n\nanswer", "quoted answer"],
    ["- a\n- b", "a b"],
    ["see [the list](https://example.org)", "see the list"],
    ["```ts\nlet a = 1\n```", "let a = 1"],
    ["<@12> and <@13>", "@Ada and @somebody"],
    ["<@&7> in <#8>: @here", "@Keepers in #general: @here"],
    ["<t:1700000000:R>", "R of 2023-11-14T22:13:20.000Z"],
  ])("says %j without its form", (content, plain) => {
    expect(line(content)).toBe(plain)
  })

  it("does not give away what is hidden", () => {
    expect(line("it was ||the butler|| all along")).toBe("it was ▒▒▒ all along")
  })
})
