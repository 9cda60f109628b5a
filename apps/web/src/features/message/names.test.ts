import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { moveNames, type NameOf, type Named, toNamed, toWire } from "./names.ts"

const people: Record<string, string> = {
  "@1": "Sam",
  "@2": "Sam",
  "@3": "Maja Lindqvist",
  "#8": "general",
  "@&9": "Keepers",
}
const nameOf: NameOf = (sign, id) => people[sign + id]
const edit = ({ text, names }: Named, after: string): Named => ({ text: after, names: moveNames(names, text, after) })

describe("names in what one writes", () => {
  it("are shown for ids, and become ids again", () => {
    const content = "hi <@3>, ask <@&9> in <#8>"
    const shown = toNamed(content, nameOf)
    expect(shown.text).toBe("hi @Maja Lindqvist, ask @Keepers in #general")
    expect(toWire(shown)).toBe(content)
  })

  it("stay ids where nobody knows the name", () => {
    const shown = toNamed("<@77> and <@1>", nameOf)
    expect(shown.text).toBe("<@77> and @Sam")
    expect(toWire(shown)).toBe("<@77> and <@1>")
  })

  it("of two people who are called the same stay those people, whatever is typed around them", () => {
    let draft = toNamed("<@1> and <@2>", nameOf)
    draft = edit(draft, "well, @Sam and @Sam")
    draft = edit(draft, "well, @Sam!")
    expect(toWire(edit(toNamed("<@1> and <@2>", nameOf), "@Sam"))).toMatch(/^<@[12]>$/)
    draft = edit(edit(toNamed("<@1> x <@2>", nameOf), "@Sam x @Sam y"), "x @Sam y")
    expect(toWire(draft)).toBe("x <@2> y")
  })

  it("that are typed into are only letters, until they read right again", () => {
    const whole = toNamed("hello <@1>", nameOf)
    const half = edit(whole, "hello @Sa")
    expect(toWire(half)).toBe("hello @Sa")
    expect(toWire(edit(half, "hello @Sam"))).toBe("hello <@1>")
    expect(toWire(edit(half, "hello @Samuel"))).toBe("hello @Samuel")
  })

  it("survive any typing elsewhere", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
        const clean = (s: string) => s.replace(/[<@#]/g, "")
        const before = toNamed(`${clean(a)}<@3>${clean(b)}`, nameOf)
        const after = `${clean(c)}@Maja Lindqvist${clean(d)}`
        const [first, then] = [edit(before, `${clean(c)}@Maja Lindqvist${clean(b)}`), after]
        expect(toWire(edit(first, then))).toBe(
          /^[\p{L}\p{N}]/u.test(clean(d)) && first.names[0]?.at === -1 ? after : `${clean(c)}<@3>${clean(d)}`,
        )
      }),
    )
  })
})
