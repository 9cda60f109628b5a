import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Content } from "./content.ts"
import { fromForwarded, isForwarded, ownWords, readable, toForwarded } from "./forward.ts"
import { mentionsIn } from "./mentions.ts"

const source = { name: "Maja, of /s/1/2/3", guildId: "11", channelId: "12", seq: 13 }

describe("a message that was passed on", () => {
  it("is read as it was written, whatever it says and whatever was said with it", () => {
    const said = fc.string({ unit: "grapheme", maxLength: 60 }).map((s) => Content.safeParse(s).data ?? "x")
    const lines = fc.array(said, { minLength: 1, maxLength: 5 }).map((all) => all.join("\n"))
    fc.assert(
      fc.property(lines, fc.option(lines, { nil: "" }), (text, comment) => {
        expect(fromForwarded(toForwarded({ source, text, comment }))).toEqual({ source, text, comment })
      }),
    )
    for (const text of ["", "> a quote\n\n> another", "```\ncode\n```\n\nand more", "> "])
      expect(fromForwarded(toForwarded({ source, text, comment: "> so\n\nthere" }))?.text).toBe(text)
  })

  it("cannot be written by a person", () => {
    const content = toForwarded({ source, text: "I never said that", comment: "" })
    expect(Content.safeParse(content).success).toBe(false)
    const copied = content.replaceAll("\u001e", "")
    expect([isForwarded(copied), fromForwarded(copied), ownWords(copied)]).toEqual([false, null, copied])
  })

  it("shows where nothing but text is shown as a quote with a name, and never says from where; cut off, too", () => {
    const content = toForwarded({ source: { ...source, name: "Maja" }, text: "one\ntwo", comment: "see" })
    expect(readable(content)).toBe("> **Maja:**\n> one\n> two\n\nsee")
    expect(readable(content.slice(0, 28))).toBe("> **Maja:**\n> one\n>")
    // Passed on once more it is a quote in a quote, and has one place.
    const again = toForwarded({ source, text: content, comment: "" })
    expect([again.split("\u001e").length, again.split("/s/11/").length]).toEqual([2, 2])
    expect(fromForwarded(again)?.text).toBe(readable(content))
  })

  it("addresses whom its comment names, and nobody whom the quote does", () => {
    const content = toForwarded({ source, text: "<@1> @everyone", comment: "<@2>" })
    expect(mentionsIn(content)).toMatchObject({ userIds: ["2"], everyone: false })
    expect(mentionsIn(toForwarded({ source, text: "<@1> @everyone", comment: "" })).userIds).toEqual([])
  })
})
