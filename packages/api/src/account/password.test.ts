import { describe, expect, it } from "vitest"
import { checkPassword, hashPassword } from "./password.ts"

describe("passwords", () => {
  it("are kept as argon2id with 19 MiB and two passes", async () => {
    expect(await hashPassword("correct horse battery")).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/,
    )
  })
  it("fit their own hash and no other password does", async () => {
    const hash = await hashPassword("correct horse battery")
    expect(await checkPassword("correct horse battery", hash)).toBe(true)
    expect(await checkPassword("correct horse battery ", hash)).toBe(false)
    expect(await checkPassword("", hash)).toBe(false)
  })
  it("fit whichever way an accent was typed", async () => {
    const hash = await hashPassword("caf\u00e9 caf\u00e9 caf\u00e9")
    expect(await checkPassword("cafe\u0301 cafe\u0301 cafe\u0301", hash)).toBe(true)
  })
  it("are salted: one password, two hashes", async () => {
    const [a, b] = await Promise.all([hashPassword("the same password"), hashPassword("the same password")])
    expect(a).not.toBe(b)
  })
  it("never fit an account that does not exist", async () => {
    expect(await checkPassword("", null)).toBe(false)
    expect(await checkPassword("\u0007".repeat(16), null)).toBe(false)
  })
  it("agree with a hash that another implementation made", async () => {
    // `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32`, of the reference implementation
    const known = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
    expect(await checkPassword("password", known)).toBe(true)
  })
  it("wait in a bounded queue when many come at once", async () => {
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => checkPassword("x", null)))
    const refused = results.filter((r) => r.status === "rejected").map((r) => r.reason)
    expect(refused.length).toBe(32)
    expect(refused[0]).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 2000 })
    expect(await checkPassword("x", null)).toBe(false)
  })
})
