import { describe, expect, it } from "vitest"
import { setupCodeIn } from "./setup-code.ts"

describe("the code in the printed address", () => {
  it.each([
    ["#code=ABCD-EFGH", "ABCD-EFGH"],
    ["#ABCD-EFGH", "ABCD-EFGH"],
    ["#code=", ""],
    ["#other=1", ""],
    ["", ""],
  ])("%j is %j", (hash, code) => expect(setupCodeIn(hash)).toBe(code))
})
