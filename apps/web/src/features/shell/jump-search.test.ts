import { describe, expect, it } from "vitest"
import { search } from "./jump-search.ts"

const places = [
  { name: "stove-and-kettle", where: "Mendhaus" },
  { name: "tonight", where: "Larkfield" },
  { name: "back-to-work", where: "Larkfield" },
  { name: "Café", where: "Mendhaus" },
]
const names = (typed: string) => search(places, typed, 10).map((f) => f.item.name)

describe("jumping by a few letters", () => {
  it("puts names that begin so first, then words, then what has it inside", () => {
    expect(names("to")).toEqual(["tonight", "back-to-work", "stove-and-kettle"])
  })
  it("does not mind accents and capitals, and marks what was typed", () => {
    expect(search(places, "CAFE", 10)).toEqual([{ item: places[3], from: 0, to: 4 }])
  })
  it("finds by the server's name, too", () => {
    expect(names("mendhaus")).toEqual(["stove-and-kettle", "Café"])
    expect(names("field")).toEqual([])
  })
  it("shows all when nothing is typed, and nothing when nothing fits", () => {
    expect(names(" ")).toHaveLength(4)
    expect(names("zzz")).toEqual([])
    expect(search(places, "", 2)).toHaveLength(2)
  })
})
