import { describe, expect, it } from "vitest"
import { createKept } from "./kept.ts"

const memory = () => {
  const rows = new Map<string, string>()
  return {
    rows,
    getItem: (key: string) => rows.get(key) ?? null,
    setItem: (key: string, value: string) => void rows.set(key, value),
  }
}

describe("what was put away", () => {
  it("stays so for that account and that thing, in other tabs and after a reload, too", () => {
    const storage = memory()
    createKept("steps", () => storage).add("1", "a")
    const later = createKept("steps", () => storage)
    later.add("1", "b")
    expect([later.has("1", "a"), later.has("1", "b"), later.has("1", "c"), later.has("2", "a")]).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(createKept("other", () => storage).has("1", "a")).toBe(false)
  })

  it("is told of", () => {
    let told = 0
    const kept = createKept("steps", memory)
    kept.subscribe(() => told++)
    kept.add("1", "a")
    expect(told).toBe(1)
  })

  it("holds for as long as the page does where the browser keeps nothing", () => {
    const kept = createKept("steps", () => {
      throw new Error("denied")
    })
    kept.add("1", "a")
    expect([kept.has("1", "a"), kept.has("1", "b")]).toEqual([true, false])
  })

  it("is nothing where something odd is stored", () => {
    const storage = memory()
    storage.rows.set("hearth.steps.1", '{"a":1}')
    expect(createKept("steps", () => storage).has("1", "a")).toBe(false)
    storage.rows.set("hearth.steps.1", "not json")
    expect(createKept("steps", () => storage).has("1", "a")).toBe(false)
  })
})
