import { describe, expect, it } from "vitest"
import { toForwarded } from "./forward.ts"
import { MAX_PREVIEWS } from "./limits.ts"
import { linksIn } from "./links.ts"

describe("the links of a message that may have a card", () => {
  it.each([
    ["nothing", []],
    ["https://example.org", ["https://example.org/"]],
    ["see https://example.org/a, and http://Example.ORG/b.", ["https://example.org/a", "http://example.org/b"]],
    ["twice https://a.org/ https://a.org", ["https://a.org/"]],
    ["(https://a.org/x_(y))", ["https://a.org/x_(y)"]],
    ["(see https://a.org/x_(y).), (https://a.org/z)!).", ["https://a.org/x_(y)", "https://a.org/z"]],
    ["**https://a.org/b** _https://a.org/c_ ~~https://a.org/d~~", ["b", "c", "d"].map((x) => `https://a.org/${x}`)],
    ["[a page](https://a.org/x_(y)) [b](https://b.org/z)!", ["https://a.org/x_(y)", "https://b.org/z"]],
    ['[a page](https://a.org/x "title")', ["https://a.org/x"]],
    ["“https://a.org/”", ["https://a.org/%E2%80%9D"]],
    ["> https://a.org/quoted", ["https://a.org/quoted"]],
    ["HTTPS://A.org/Path?q=1#part", ["https://a.org/Path?q=1#part"]],
    ["<https://a.org> [no](<https://b.org>)", []],
    ["`https://a.org` and\n```\nhttps://b.org\n```", []],
    ["||https://a.org|| https://b.org ||unclosed https://c.org", ["https://b.org/", "https://c.org/"]],
    ["https://user:secret@a.org https://user@a.org", []],
    ["javascript:alert(1) ftp://a.org xhttps://a.org //a.org www.a.org", []],
    ["https:// https://[", []],
    [`https://a.org/${"x".repeat(3000)}`, []],
  ])("%s", (text, expected) => {
    expect(linksIn(text)).toEqual(expected)
  })

  it("are few", () => {
    const many = Array.from({ length: 9 }, (_, i) => `https://a.org/${i}`)
    expect(linksIn(many.join(" "))).toEqual(many.slice(0, MAX_PREVIEWS))
  })

  it("are those of what was passed on, too, but not the way to where it comes from", () => {
    const source = { name: "Ann https://no.org", guildId: "1", channelId: "2", seq: 3 }
    const text = "https://a.org/1"
    expect(linksIn(toForwarded({ source, text, comment: "and https://b.org/2" }))).toEqual([text, "https://b.org/2"])
  })

  it("takes no longer than its length, whatever stands in it", () => {
    const begun = performance.now()
    for (const part of ["https://", "https://a.b/(", "||", "|| ", "](https://a.b/", "https://a.b/)))", "`https://"])
      linksIn(`https://x.y/${part.repeat(2000)}`)
    linksIn(`http://a${"!".repeat(2650)}a${")".repeat(1330)}`)
    expect(performance.now() - begun).toBeLessThan(1500)
  })
})
