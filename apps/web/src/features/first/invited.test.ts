import { describe, expect, it } from "vitest"
import { createInvited } from "./invited.ts"

const listed = (n: number) => async () => ({ items: Array.from({ length: n }, () => ({})), next: null })

describe("whether somebody was invited", () => {
  it.each([
    [0, 1, false],
    [1, 1, true],
    [0, 2, true],
  ])("with %d invites and %d members: %s", async (invites, members, expected) => {
    const invited = createInvited({ invites: listed(invites), members: listed(members) })
    let told = 0
    invited.subscribe(() => told++)
    await invited.look("1")
    expect([invited.get("1"), invited.get("2"), told]).toEqual([expected, undefined, 1])
  })

  it("stays open when nobody answers, until somebody says so", async () => {
    const fails = async () => {
      throw new Error("away")
    }
    const invited = createInvited({ invites: fails, members: listed(5) })
    await invited.look("1")
    expect(invited.get("1")).toBeUndefined()
    invited.tell("1")
    expect(invited.get("1")).toBe(true)
  })
})
