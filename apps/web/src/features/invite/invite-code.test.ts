import { describe, expect, it } from "vitest"
import { inviteCodeIn, invitePath } from "./invite-code.ts"

describe("an invite that was pasted", () => {
  it.each([
    ["aB3xK9", "aB3xK9"],
    ["  https://chat.example.org/invite/aB3xK9  ", "aB3xK9"],
    ["chat.example.org/invite/aB3xK9?from=mail#x", "aB3xK9"],
    ["/invite/aB3xK9/", "aB3xK9"],
    ["https://chat.example.org/s/1", ""],
    ["two words", ""],
    ["/invite/%E0%A4%A", "%E0%A4%A"],
    ["", ""],
  ])("%j has the code %j", (pasted, code) => expect(inviteCodeIn(pasted)).toBe(code))

  it("leads to its page", () => {
    expect(inviteCodeIn(invitePath("a b/c"))).toBe("a b/c")
  })
})
