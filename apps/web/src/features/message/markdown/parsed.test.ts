import { describe, expect, it } from "vitest"
import { parseMessage } from "./parse.ts"
import { parsed } from "./parsed.ts"

describe("a message that was read before", () => {
  it("is not read again, and says the same", () => {
    const first = parsed("**hello** there")
    expect(first).toEqual(parseMessage("**hello** there"))
    expect(parsed("**hello** there")).toBe(first)
  })

  it("is forgotten when a thousand others came since, and not while it is used", () => {
    const [old, used] = [parsed("old"), parsed("used")]
    for (let i = 0; i < 999; i++) {
      parsed(`message ${i}`)
      parsed("used")
    }
    expect(parsed("used")).toBe(used)
    expect(parsed("old")).not.toBe(old)
  })
})
