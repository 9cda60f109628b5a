import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ChannelName, ChannelTopic, DisplayName, Email, GuildName, Password } from "./entity.ts"
import { Content } from "./content.ts"
import { cleanName, codePoints, MAX_CONTENT_BYTES, MAX_CONTENT_POINTS, utf8Length } from "./text.ts"

const said = (
  schema: { safeParse(v: unknown): { success: boolean; error?: { issues: { message: string }[] } } },
  v: unknown,
) => {
  const result = schema.safeParse(v)
  return result.success ? "accepted" : result.error?.issues[0]?.message
}

describe("what counts as a character", () => {
  it("is a code point, not a UTF-16 unit", () => {
    expect(codePoints("a😀é")).toBe(3)
    expect(utf8Length("a😀é")).toBe(7)
  })
})

describe("a message's body", () => {
  it("is trimmed, and its line ends are newlines", () => {
    expect(Content.parse("  one\r\ntwo\rthree\n ")).toBe("one\ntwo\nthree")
  })

  it.each([
    ["nothing", ""],
    ["spaces", "  \n\t "],
    ["a zero-width space", "\u200B"],
    ["blanks that are letters", "\u3164\u2800\u115F"],
    ["joiners alone", "\u200D\uFE0F"],
  ])("of %s is empty", (_, body) => {
    expect(said(Content, body)).toBe("The message is empty.")
  })

  it.each(["\u0000", "\u0007", "\u001B", "\u007F", "\u0085", "\u009B"])(
    "with the control character %j is refused",
    (c) => {
      expect(said(Content, `a${c}b`)).toBe("The message has control characters.")
    },
  )

  it("keeps newlines, tabs and the joiners that emoji and scripts need", () => {
    for (const body of ["a\n\tb", "👩‍👩‍👧", "می‌خواهم", "क्‍ष"]) expect(Content.parse(body)).toBe(body)
  })

  it("with half a surrogate pair is refused", () => {
    expect(said(Content, "a\uD800")).toBe("The message has broken characters.")
  })

  it(`has at most ${MAX_CONTENT_POINTS} characters, and an emoji is one`, () => {
    expect(said(Content, "a".repeat(4000))).toBe("accepted")
    expect(said(Content, "a".repeat(4001))).toBe("The message has more than 4000 characters.")
    expect(said(Content, "😀".repeat(4000))).toBe("accepted")
    expect(said(Content, "😀".repeat(4001))).toBe("The message has more than 4000 characters.")
  })

  it("that is far too long is refused before it is looked at", () => {
    expect(said(Content, "a".repeat(MAX_CONTENT_BYTES + 1))).toBe("The message is too long.")
  })

  it("is not text: refused", () => {
    for (const body of [null, undefined, 5, {}, ["a"]]) expect(Content.safeParse(body).success).toBe(false)
  })

  it("that was accepted once is accepted again, unchanged", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (s) => {
        const first = Content.safeParse(s)
        if (!first.success) return
        expect(Content.parse(first.data)).toBe(first.data)
        expect(codePoints(first.data)).toBeLessThanOrEqual(MAX_CONTENT_POINTS)
        expect(utf8Length(first.data)).toBeLessThanOrEqual(MAX_CONTENT_BYTES)
      }),
    )
  })
})

describe("a name", () => {
  it("is one line with single spaces", () => {
    expect(cleanName("  two\n words\t here ")).toBe("two words here")
  })

  it("loses what makes one name look like another", () => {
    for (const c of [
      "\u202E",
      "\u2066",
      "\u200B",
      "\u200D",
      "\uFEFF",
      "\u00AD",
      "\u2028",
      "\u3164",
      "\u{E0041}",
      "\u0000",
    ])
      expect(cleanName(`al${c}ice`).replace(" ", "")).toBe("alice")
  })

  it("is composed: two spellings of one name are one", () => {
    expect(cleanName("Jose\u0301")).toBe("José")
    expect(cleanName("e\u200B\u0301")).toBe("é")
  })

  it("does not change when it is cleaned twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (s) => {
        expect(cleanName(cleanName(s))).toBe(cleanName(s))
      }),
    )
  })

  it("is refused when nothing is left of it, when it is too long, or broken", () => {
    expect(said(DisplayName, " \u200B ")).toBe("The name is empty.")
    expect(said(GuildName, "")).toBe("The server's name is empty.")
    expect(said(DisplayName, "a".repeat(40))).toBe("accepted")
    expect(said(DisplayName, "😀".repeat(40))).toBe("accepted")
    expect(said(DisplayName, "a".repeat(41))).toBe("The name has more than 40 characters.")
    expect(said(DisplayName, "a".repeat(401))).toBe("The name is too long.")
    expect(said(DisplayName, "a\uDC00")).toBe("The name has broken characters.")
  })

  it("of a channel is lower case, with dashes for spaces", () => {
    expect(ChannelName.parse(" Off  Topic ")).toBe("off-topic")
  })
})

describe("a topic", () => {
  it("may be empty, is one line, and has no control characters", () => {
    expect(ChannelTopic.parse("")).toBe("")
    expect(ChannelTopic.parse("a\nb\u0000c")).toBe("a bc")
    expect(said(ChannelTopic, "a".repeat(251))).toBe("The topic has more than 250 characters.")
    expect(said(ChannelTopic, "\uD800")).toBe("The topic has broken characters.")
  })
})

describe("e-mail and password", () => {
  it("an address is trimmed and lower case, so that one person is one account", () => {
    expect(Email.parse("  Alice@Example.ORG ")).toBe("alice@example.org")
    for (const bad of ["", "alice", "alice@", "@b.c", "a b@c.de", "a@b.c\u0000"])
      expect(said(Email, bad)).toBe("That is not an e-mail address.")
    expect(said(Email, `${"a".repeat(250)}@b.cd`)).toBe("That e-mail address is too long.")
  })

  it("a password has 12 characters or more, counted as people count", () => {
    expect(said(Password, "a".repeat(11))).toBe("A password has at least 12 characters.")
    expect(said(Password, "😀".repeat(11))).toBe("A password has at least 12 characters.")
    expect(said(Password, "a".repeat(12))).toBe("accepted")
    expect(said(Password, "a".repeat(513))).toBe("That password is too long.")
  })

  it("a password keeps every character, spaces at the ends too", () => {
    expect(Password.parse("  twelve long  ")).toBe("  twelve long  ")
  })
})
