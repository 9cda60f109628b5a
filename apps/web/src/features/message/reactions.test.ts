import { describe, expect, it } from "vitest"
import { sortReactions } from "./reaction-order.ts"
import { countShown } from "./reactions.tsx"

describe("the reactions under a message", () => {
  it("stand by how often they were given, in one order whatever the store's is", () => {
    expect(sortReactions({ "🎉": 2, "🔭": 11, "🌙": 2 })).toEqual([
      ["🔭", 11],
      ["🌙", 2],
      ["🎉", 2],
    ])
    expect(sortReactions({ "🌙": 2, "🎉": 2, "🔭": 11 }).map(([emoji]) => emoji)).toEqual(["🔭", "🌙", "🎉"])
  })

  it("are all shown as long as they fit into the lines", () => {
    expect(countShown([0, 0, 0], 2)).toBe(3)
    expect(countShown([0, 0, 34, 34], 2)).toBe(4)
  })

  it("give their last place in the lines to the one that says how many more there are", () => {
    expect(countShown([0, 0, 0, 34, 34, 34, 68], 2)).toBe(5)
    expect(countShown([0, 34, 68], 2)).toBe(1)
    expect(countShown([0, 34], 1)).toBe(1)
  })
})
