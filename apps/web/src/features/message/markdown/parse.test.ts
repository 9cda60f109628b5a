import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { mentions } from "./mentions.ts"
import { type Block, type Inline, isEmojiOnly, parseMessage, safeHref } from "./parse.ts"

const paragraph = (content: string): Inline[] => {
  const [first, ...rest] = parseMessage(content)
  if (first?.kind !== "paragraph" || rest.length > 0) throw new Error(`not one paragraph: ${JSON.stringify(content)}`)
  return first.children
}
const text = (t: string): Inline => ({ kind: "text", text: t })

const linksIn = (nodes: readonly (Block | Inline)[]): string[] =>
  nodes.flatMap((n) => {
    if (n.kind === "link") return [n.href]
    if (n.kind === "list") return n.items.flatMap(linksIn)
    return "children" in n ? linksIn(n.children) : []
  })
const depthOf = (nodes: readonly (Block | Inline)[]): number =>
  Math.max(
    0,
    ...nodes.map((n) =>
      n.kind === "list" ? 1 + Math.max(0, ...n.items.map(depthOf)) : "children" in n ? 1 + depthOf(n.children) : 1,
    ),
  )

describe("a message's text", () => {
  it("is bold, italic, struck, code", () => {
    expect(paragraph("a **b** *c* ~~d~~ `e`")).toEqual([
      text("a "),
      { kind: "strong", children: [text("b")] },
      text(" "),
      { kind: "em", children: [text("c")] },
      text(" "),
      { kind: "del", children: [text("d")] },
      text(" "),
      { kind: "code", text: "e" },
    ])
  })

  it("keeps line breaks as they were typed", () => {
    expect(paragraph("one\ntwo\nthree")).toEqual([text("one\ntwo\nthree")])
  })

  it("has fenced blocks with their language, quotes and lists", () => {
    expect(parseMessage("```ts\nconst a = 1\n```")).toEqual([{ kind: "code", language: "ts", text: "const a = 1" }])
    expect(parseMessage("> said")).toEqual([
      { kind: "quote", children: [{ kind: "paragraph", children: [text("said")] }] },
    ])
    expect(parseMessage("3. c\n4. d")).toMatchObject([{ kind: "list", start: 3, items: [{}, {}] }])
    expect(parseMessage("- a\n- b")).toMatchObject([{ kind: "list", start: null }])
  })

  it("turns bare addresses into links, and leaves the sentence's own marks out", () => {
    expect(linksIn(parseMessage("see https://example.org/a_b_c?x=1, and (http://example.com)."))).toEqual([
      "https://example.org/a_b_c?x=1",
      "http://example.com/",
    ])
  })

  it("links by an allow-list of schemes", () => {
    expect(linksIn(parseMessage("[a](https://a.example) [m](mailto:x@y.example)"))).toEqual([
      "https://a.example/",
      "mailto:x@y.example",
    ])
  })

  it.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/s/1)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x](\u0001javascript:alert(1))",
  ])("has no link in %j", (hostile) => {
    expect(linksIn(parseMessage(hostile))).toEqual([])
  })

  it("shows a refused link as it was typed", () => {
    expect(paragraph("[x](javascript:alert(1))")).toEqual([text("[x](javascript:alert(1))")])
  })

  it.each(["<b>bold</b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a &amp; b", "<!-- c -->"])(
    "knows no HTML: %j is text",
    (html) => {
      expect(parseMessage(html)).toEqual([{ kind: "paragraph", children: [text(html)] }])
    },
  )

  it("loads no images", () => {
    expect(JSON.stringify(parseMessage("![x](https://example.org/a.png)"))).not.toContain("image")
  })

  it("has no headings, rules or definitions: what looks like one is text", () => {
    expect(paragraph("# hello")).toEqual([text("# hello")])
    expect(paragraph("a\n---")).toEqual([text("a\n---")])
    expect(paragraph("[a]: https://example.org")).toMatchObject([text("[a]: "), { kind: "link" }])
  })

  it("hides spoilers, also around other marks", () => {
    expect(paragraph("a ||b **c**|| d")).toEqual([
      text("a "),
      { kind: "spoiler", children: [text("b "), { kind: "strong", children: [text("c")] }] },
      text(" d"),
    ])
    expect(paragraph("a || b")).toEqual([text("a || b")])
    expect(paragraph("`a || b || c`")).toEqual([{ kind: "code", text: "a || b || c" }])
  })

  it("knows who is mentioned", () => {
    expect(paragraph("hello <@123>!")).toEqual([text("hello "), { kind: "mention", sign: "@", id: "123" }, text("!")])
    expect(paragraph("<@&7> in <#8>")).toEqual([
      { kind: "mention", sign: "@&", id: "7" },
      text(" in "),
      { kind: "mention", sign: "#", id: "8" },
    ])
  })
  it("knows when all are meant, and when it is part of a word", () => {
    expect(paragraph("@here and (@everyone)")).toEqual([
      { kind: "everyone", text: "@here" },
      text(" and ("),
      { kind: "everyone", text: "@everyone" },
      text(")"),
    ])
    expect(paragraph("@everyones x@here @@here")).toEqual([text("@everyones x@here @@here")])
  })
  it("knows moments", () => {
    expect(paragraph("at <t:1700000000:R>, <t:-5>")).toEqual([
      text("at "),
      { kind: "time", at: 1_700_000_000_000, style: "R" },
      text(", "),
      { kind: "time", at: -5000, style: "f" },
    ])
    expect(paragraph("<t:1:x> <t:>")).toEqual([text("<t:1:x> <t:>")])
    expect(paragraph("<@0> <@12345678901234567890>")).toEqual([text("<@0> <@12345678901234567890>")])
  })

  it("shows what nests too deeply as it was typed", () => {
    for (const deep of [">".repeat(10_000), `${"> ".repeat(2_000)}x`, `${"- ".repeat(2_000)}x`, "1. ".repeat(1_500)])
      expect(depthOf(parseMessage(deep))).toBeLessThan(12)
  })

  it.each([
    ["quotes", `${">".repeat(10_000)}x`],
    ["lists", `${"- ".repeat(5_000)}x`],
    ["a staircase of lists", Array.from({ length: 60 }, (_, i) => `${"  ".repeat(i)}- x`).join("\n")],
    ["quotes on every line", `${"> > > > > > > > x\n".repeat(220)}`],
    ["stars", "*".repeat(16_000)],
    ["alternating stars", "*a_".repeat(1_300)],
    ["open emphasis", "**a ".repeat(1_000)],
    ["brackets", "[".repeat(4_000)],
    ["links that never end", "[a](".repeat(1_000)],
    ["brackets both ways", `${"[".repeat(2_000)}${"]".repeat(2_000)}`],
    ["backticks", Array.from({ length: 88 }, (_, i) => "`".repeat(i + 1)).join(" ")],
    ["tildes", "~~a".repeat(1_300)],
    ["addresses", "https://a.".repeat(400)],
    ["addresses with brackets", `https://a.b/${"(".repeat(3_900)}`],
    ["www", "www.".repeat(1_000)],
    ["mail", "a@".repeat(2_000)],
    ["mail dots", `a@${"b.".repeat(1_990)}`],
    ["spoilers", "||a".repeat(1_300)],
    ["mentions", "<@".repeat(2_000)],
    ["one giant word", "x".repeat(16_000)],
    ["autolinks", "<a:".repeat(1_300)],
    ["angle brackets", "<".repeat(4_000)],
    ["escapes", "\\".repeat(4_000)],
    ["empty lines", "\n".repeat(4_000)],
    ["fences", "```\n".repeat(1_000)],
    ["list items", "- a\n".repeat(1_000)],
  ])("reads %s without blowing up", (_, hostile) => {
    const started = process.threadCpuUsage()
    parseMessage(hostile)
    // Some 20 times of what the slowest of them needs on a slow machine: a quadratic reader needs seconds.
    const { user, system } = process.threadCpuUsage(started)
    expect((user + system) / 1000).toBeLessThan(1_500)
  })

  it("never throws, never links elsewhere, never nests without end", () => {
    const hostile = fc.array(
      fc.constantFrom(
        "*",
        "_",
        "~~",
        "`",
        "```\n",
        "[",
        "](",
        ")",
        "||",
        "> ",
        "- ",
        "\n",
        "<",
        ">",
        "<@1>",
        "a",
        " ",
        "javascript:",
        "https://x.example",
        "\\",
        "!",
        "#",
        "&#106;",
        "\t",
      ),
      { maxLength: 120 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          hostile.map((p) => p.join("")),
          fc.string({ unit: "grapheme", maxLength: 300 }),
        ),
        (content) => {
          const tree = parseMessage(content)
          for (const href of linksIn(tree)) expect(href).toMatch(/^(https?|mailto):/)
          expect(depthOf(tree)).toBeLessThan(20)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe("safeHref", () => {
  it.each(["javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:,x", "/x", "", "http://"])(
    "refuses %j",
    (url) => expect(safeHref(url)).toBeNull(),
  )
  it("takes web and mail", () => {
    expect(safeHref("https://example.org/x")).toBe("https://example.org/x")
    expect(safeHref("mailto:a@b.example")).toBe("mailto:a@b.example")
  })
})

describe("emoji alone", () => {
  it.each(["🌌🔭🤯", "👩‍👩‍👧‍👦", "🇩🇪 🇯🇵", "❤️", "👍🏽"])("are large: %s", (s) => expect(isEmojiOnly(s)).toBe(true))
  it.each(["", "a", "🌌 x", "1", "12", "#", "🌌".repeat(13), ":)"])("are not: %j", (s) =>
    expect(isEmojiOnly(s)).toBe(false),
  )
})

describe("whom a message addresses", () => {
  it("is whoever it names", () => {
    expect(mentions("<@12> could you?", "12")).toBe(true)
    expect(mentions("ask <@12>", "1")).toBe(false)
    expect(mentions("12 @12", "12")).toBe(false)
  })
})
