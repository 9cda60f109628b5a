import { describe, expect, it } from "vitest"
import { AskFriendRequest, FriendCode } from "./friend.ts"

describe("a friend code", () => {
  it.each(["k7m2q9xd", "K7M2-Q9XD", " k7m2 q9xd ", "Ada#k7m2q9xd", "Ada # 2#k7m2-q9xd"])("is read from %s", (typed) => {
    expect(FriendCode.parse(typed)).toBe("k7m2q9xd")
  })

  it("takes for one what looks alike", () => {
    expect(FriendCode.parse("OIL0-1111")).toBe("01101111")
  })

  it.each(["", "k7m2q9x", "k7m2q9xdd", "k7m2q9x!", "ada@example.org", "Ada#"])("is not %s", (typed) => {
    expect(FriendCode.safeParse(typed).error?.issues[0]?.message).toContain("8 letters and digits")
  })
})

it("one asks a person or by a code, not both, and not nobody", () => {
  expect(AskFriendRequest.safeParse({ userId: "5" }).success).toBe(true)
  expect(AskFriendRequest.safeParse({ code: "k7m2q9xd" }).success).toBe(true)
  expect(AskFriendRequest.safeParse({}).success).toBe(false)
  expect(AskFriendRequest.safeParse({ userId: "5", code: "k7m2q9xd" }).success).toBe(false)
})
