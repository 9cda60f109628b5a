import { describe, expect, it } from "vitest"
import { localeFor, preferredLocale } from "./preferred-locale.ts"

describe("the language of a page", () => {
  it.each([
    [null, "en"],
    ["", "en"],
    ["de", "de"],
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["DE-CH", "de"],
    ["en-GB,en;q=0.9,de;q=0.8", "en"],
    ["fr-FR,fr;q=0.9,de;q=0.5,en;q=0.4", "de"],
    ["en;q=0.3, de;q=0.7", "de"],
    ["de;q=0, en;q=0.1", "en"],
    ["de;q=nonsense", "en"],
    ["fr, ja", "en"],
    ["__proto__, constructor", "en"],
  ])("of a browser that prefers %j is %s", (header, locale) => expect(preferredLocale(header)).toBe(locale))

  it("is what the reader chose before what the browser prefers", () => {
    expect(localeFor("en", "de")).toBe("en")
    expect(localeFor("de", "en")).toBe("de")
  })

  it("of a cookie that names none that we have is what the browser prefers", () => {
    for (const odd of [undefined, "", "xx", "toString", "de\u0000"]) expect(localeFor(odd, "de")).toBe("de")
  })
})
