import { describe, expect, it } from "vitest"
import { readSignInError } from "./sign-in.ts"

describe("a sign-in that was refused", () => {
  it("keeps its code and says a sentence", () => {
    expect(readSignInError("WRONG_CREDENTIALS")).toMatchObject({
      code: "WRONG_CREDENTIALS",
      message: "E-mail address or password is wrong.",
    })
  })

  it("for too many tries says how long to wait", () => {
    expect(readSignInError("RATE_LIMITED:29500")).toMatchObject({
      code: "RATE_LIMITED",
      retryAfterMs: 29_500,
      message: "Too many tries. Please wait 30 seconds.",
    })
    expect(readSignInError("RATE_LIMITED:600000").message).toBe("Too many tries. Please wait 10 minutes.")
  })

  it("for a reason of NextAuth's own is not told in its words", () => {
    expect(readSignInError("CredentialsSignin")).toMatchObject({
      code: "INTERNAL",
      message: "Signing in did not work. Please try again.",
    })
  })
})
