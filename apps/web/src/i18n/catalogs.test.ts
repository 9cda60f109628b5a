import compile from "icu-minify/compile"
import { describe, expect, it } from "vitest"
import { de } from "../../messages/de/index.ts"
import { en } from "../../messages/en/index.ts"
import { compiledTexts } from "./catalogs.ts"
import { locales } from "./locales.ts"

const leaves = (texts: object, path = ""): [string, string][] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === "string" ? [[`${path}${key}`, text] as [string, string]] : leaves(text, `${path}${key}.`),
  )

/** Arguments and tags of a compiled message: strings, ["name"], ["name", kind, …] and ["tag", …children]. */
const argumentsIn = (parts: unknown): string[] => {
  if (!Array.isArray(parts)) return []
  return parts.flatMap((part: unknown): string[] => {
    if (!Array.isArray(part)) return []
    const [name, kind, options] = part as [string, unknown, unknown]
    if (kind === undefined) return [name]
    if (typeof kind !== "number") return [`<${name}>`, ...argumentsIn(part.slice(1))]
    const branches = typeof options === "object" && options !== null ? Object.values(options) : []
    return [name, ...branches.flatMap(argumentsIn)]
  })
}
const argumentsOf = (text: string) => [...new Set(argumentsIn(compile(text)))].sort()

const english = new Map(leaves(en))

describe("the catalogs", () => {
  it("find the arguments of a message", () => {
    expect(argumentsOf("{name} has {n, plural, =1 {<b>one</b> of {all}} other {# of {all}}}")).toEqual([
      "<b>",
      "all",
      "n",
      "name",
    ])
    expect(argumentsOf("nothing")).toEqual([])
  })

  it("cover every language that one can choose", async () => {
    for (const locale of locales) {
      const texts = await compiledTexts(locale)
      expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort())
    }
    expect(() => compiledTexts("xx")).toThrow("no texts in xx")
  })

  describe.each([["de", de]] as const)("%s", (_locale, texts) => {
    const translated = new Map(leaves(texts))

    it("has the keys of English and no others", () =>
      expect([...translated.keys()].sort()).toEqual([...english.keys()].sort()))

    it("takes the same arguments", () => {
      const differing = [...english].filter(
        ([key, text]) => argumentsOf(text).join() !== argumentsOf(translated.get(key) ?? "").join(),
      )
      expect(differing).toEqual([])
    })

    it("leaves no text empty, and none in the straight quotes of code", () => {
      for (const [key, text] of translated) expect(text.trim(), key).not.toMatch(/^$|"/)
    })
  })
})
