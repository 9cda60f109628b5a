import { describe, expect, it } from "vitest"
import { createEscape } from "./escape.ts"

describe("Esc", () => {
  it("goes up one level a press, the topmost first, and ends at the present", () => {
    const open = new Set(["drawer", "edit", "people"])
    const went: string[] = []
    const escape = createEscape()
    for (const level of ["present", "drawer", "people", "edit", "reply"] as const)
      escape.add(level, () => {
        if (level !== "present" && !open.delete(level)) return false
        went.push(level)
        return true
      })
    for (let i = 0; i < 4; i++) expect(escape.up()).toBe(true)
    expect(went).toEqual(["edit", "people", "drawer", "present"])
  })

  it("is nobody's when nothing is there to go back from, and forgets what has gone", () => {
    const escape = createEscape()
    const leave = escape.add("people", () => true)
    expect(escape.up()).toBe(true)
    leave()
    expect(escape.up()).toBe(false)
  })
})
