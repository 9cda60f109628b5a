import { describe, expect, it } from "vitest"
import { shortNames } from "./short-names.ts"

describe("what people are called in passing", () => {
  it.each([
    [
      ["Ngozi Okafor", "Samir Qureshi"],
      ["Ngozi", "Samir"],
    ],
    // Not where it could be somebody else, or says nothing.
    [
      ["Alex Berg", "Alex Tal", "Mia"],
      ["Alex Berg", "Alex Tal", "Mia"],
    ],
    [
      ["Dr. Haugen", "J Smith"],
      ["Dr. Haugen", "J Smith"],
    ],
    [
      ["رحمة حداد", "王小明"],
      ["رحمة", "王小明"],
    ],
    [[], []],
  ])("%j are %j", (names, short) => {
    expect(shortNames(names)).toEqual(short)
  })
})
