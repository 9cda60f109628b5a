import { describe, expect, it } from "vitest"
import { AppError, errorCodes, isErrorCode, readWireError } from "./error.ts"
import { WireError } from "./wire-error.ts"

describe("an expected failure", () => {
  it("crosses the wire as code, sentence and delay, and nothing else", () => {
    const error = new AppError("RATE_LIMITED", "Slow down.", { retryAfterMs: 200, cause: new Error("secret") })
    expect(error.toWire()).toEqual({ code: "RATE_LIMITED", message: "Slow down.", retryAfterMs: 200 })
    expect(JSON.stringify(error.toWire())).not.toContain("secret")
    expect(WireError.parse(error.toWire())).toEqual(error.toWire())
  })

  it("without a delay has no such field", () => {
    expect(new AppError("UNKNOWN_GUILD", "There is no such server.").toWire()).toEqual({
      code: "UNKNOWN_GUILD",
      message: "There is no such server.",
    })
  })

  it("is an Error that keeps its cause for the log", () => {
    const cause = new Error("why")
    const error = new AppError("UNAVAILABLE", "Later.", { cause })
    expect(error).toBeInstanceOf(Error)
    expect(error.cause).toBe(cause)
    expect(error.name).toBe("AppError")
  })
})

describe("reading a failure without the schema", () => {
  it("takes what the schema takes, and nothing else", () => {
    const codes = [...Object.keys(errorCodes), "NOPE", "toString", 5, undefined]
    const waits = [undefined, 0, 200, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60, "5", null]
    for (const code of codes)
      for (const message of ["Later.", "", 5, undefined])
        for (const retryAfterMs of waits) {
          const wire = { code, message, ...(retryAfterMs !== undefined && { retryAfterMs }), more: 1 }
          expect(readWireError(wire), JSON.stringify(wire)).toEqual(WireError.safeParse(wire).data ?? null)
        }
    for (const other of [null, undefined, "INTERNAL", 5, []]) expect(readWireError(other)).toBeNull()
  })
})

describe("the table of codes", () => {
  it("knows its own and nothing that an object brings along", () => {
    for (const code of Object.keys(errorCodes)) expect(isErrorCode(code)).toBe(true)
    for (const other of ["", "toString", "__proto__", "constructor", "NOPE", 5, null])
      expect(isErrorCode(other)).toBe(false)
  })

  it("lets a client retry exactly what may pass by itself", () => {
    const retried = Object.entries(errorCodes).flatMap(([code, { retry }]) => (retry ? [code] : []))
    expect(retried).toEqual(["RATE_LIMITED", "UNAVAILABLE", "INTERNAL"])
  })

  it("has no word for what the asker may not see but that it does not exist", () => {
    for (const [code, { trpc }] of Object.entries(errorCodes))
      if (code.startsWith("UNKNOWN_")) expect(trpc).toBe("NOT_FOUND")
  })
})
