import { describe, expect, it } from "vitest"
import { emojiJson } from "../../../../../scripts/emoji.mjs"
import { inTone, loadEmoji, searchEmoji, withoutTone } from "./emoji.ts"
import { moveInGrid } from "./grid.ts"
import { readOwnEmoji, rememberEmoji, rememberTone } from "./own-emoji.ts"
import de from "./data/de.json"
import en from "./data/en.json"

const first = async (text: string, locale: "en" | "de" = "en") =>
  searchEmoji(await loadEmoji(locale), text, 3).map((e) => e.emoji)

describe("the emoji", () => {
  it.each([
    ["en", en],
    ["de", de],
  ])("in %s are those of the package", (locale, data) => {
    expect(`${JSON.stringify(data, null, 2)}\n`).toBe(emojiJson(locale))
  })

  it("are each one emoji, as the gateway takes them, in every tone", async () => {
    const { all, byCode, byEmoji } = await loadEmoji("en")
    expect(all.length).toBeGreaterThan(1800)
    for (const e of all)
      for (let tone = 0; tone <= 5; tone++) {
        const drawn = inTone(e, tone)
        expect(drawn).toMatch(/^\p{RGI_Emoji}$/v)
        expect(byEmoji.get(withoutTone(drawn))).toBe(e)
      }
    for (const code of ["smile", "+1", "thumbsup", "tada", "heart", "telescope"]) expect(byCode.get(code)).toBeDefined()
    expect(byCode.get("+1")?.emoji).toBe("👍")
  })

  it("are found by shortcode, by name and by what else they are called, the nearest first", async () => {
    expect((await first("tada"))[0]).toBe("🎉")
    expect((await first("+1"))[0]).toBe("👍")
    expect((await first("smile"))[0]).toBe("😄")
    expect((await first("hear"))[0]).toBe("❤️")
    expect(await first("red heart")).toContain("❤️")
    expect(await first("Herz", "de")).not.toEqual([])
    expect((await first("rotes herz", "de"))[0]).toBe("❤️")
    expect(await first("no such thing")).toEqual([])
    expect(await first("  ")).toEqual([])
  })
})

describe("what one uses", () => {
  const storage = () => {
    const kept = new Map<string, string>()
    return { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v) }
  }
  it("is remembered, the newest first, each once", () => {
    const store = storage()
    for (const e of ["😀", "🎉", "😀"]) rememberEmoji(e, () => store)
    rememberTone(3, () => store)
    expect(readOwnEmoji(() => store)).toEqual({ recent: ["😀", "🎉"], tone: 3 })
    for (let i = 0; i < 40; i++) rememberEmoji(`${i}`, () => store)
    expect(readOwnEmoji(() => store).recent).toHaveLength(24)
  })
  it("is nothing where the browser keeps nothing, or something odd", () => {
    const broken = () => {
      throw new Error("not allowed")
    }
    rememberEmoji("😀", broken)
    expect(readOwnEmoji(broken)).toEqual({ recent: [], tone: 0 })
    const odd = { getItem: () => '{"recent":[1,"😀"],"tone":9}', setItem: () => {} }
    expect(readOwnEmoji(() => odd)).toEqual({ recent: ["😀"], tone: 0 })
  })
})

describe("arrows in a grid of 8", () => {
  const go = (key: string, at: number, rtl = false) => moveInGrid(key, { at, count: 19, columns: 8, rtl })
  it.each([
    ["ArrowRight", 0, 1],
    ["ArrowLeft", 0, 0],
    ["ArrowRight", 18, 18],
    ["ArrowDown", 3, 11],
    ["ArrowDown", 13, 18],
    ["ArrowDown", 17, 17],
    ["ArrowUp", 3, 3],
    ["ArrowUp", 18, 10],
    ["PageDown", 0, 18],
  ])("%s from %i leads to %i", (key, from, to) => expect(go(key, from)).toBe(to))
  it("go the other way where one reads from the right, and mean nothing in an empty one", () => {
    expect(go("ArrowLeft", 4, true)).toBe(5)
    expect(moveInGrid("ArrowDown", { at: -1, count: 0, columns: 8, rtl: false })).toBeNull()
    expect(go("a", 0)).toBeNull()
  })
})
