import { AppError, type ErrorCode, errorCodes } from "@hearth/core"
import { toAppError } from "@hearth/db"
import { TRPCError } from "@trpc/server"
import { getHTTPStatusCodeFromError } from "@trpc/server/http"
import { describe, expect, it } from "vitest"
import { describeFailure, retryHeaders, toTrpcError } from "./errors.ts"

const withCode = (code: string, message = "x") => Object.assign(new Error(message), { code })

describe("failures at the HTTP edge", () => {
  it("have the status of core's table, every one", () => {
    const status = (code: ErrorCode) => getHTTPStatusCodeFromError(toTrpcError(new AppError(code, "…")))
    for (const code of Object.keys(errorCodes) as ErrorCode[]) expect(status(code)).toBeGreaterThanOrEqual(400)
    expect(status("UNAVAILABLE")).toBe(503)
    expect(status("RATE_LIMITED")).toBe(429)
    expect(status("UNKNOWN_CHANNEL")).toBe(404)
    expect(status("TOO_LARGE")).toBe(413)
    expect(status("UNAUTHENTICATED")).toBe(401)
  })
  it("say when to come back, rounded up to seconds, the longest of a batch", () => {
    const errors = [1, 1200, undefined].map((retryAfterMs) =>
      toTrpcError(new AppError("RATE_LIMITED", "…", retryAfterMs === undefined ? {} : { retryAfterMs })),
    )
    expect(retryHeaders(errors)).toEqual({ "retry-after": "2" })
    expect(retryHeaders([])).toEqual({})
  })
  it.each(["ECONNREFUSED", "57P01", "57P03", "53300", "08006", "40001", "40P01", "57014"])(
    "of a database that says %s are worth another try",
    (code) => {
      const known = toAppError(new Error("Failed query: …", { cause: withCode(code) }))
      expect(known).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 1000 })
    },
  )
  it("of text that cannot be kept are the asker's", () => {
    expect(toAppError(new Error("Failed query", { cause: withCode("22021") }))?.code).toBe("BAD_REQUEST")
  })
  it("that nobody expected say nothing of their cause", () => {
    for (const cause of [withCode("42703", "column secret does not exist"), new Error("password=hunter2"), "text"]) {
      expect(toAppError(cause)).toBeNull()
      const { appError } = describeFailure(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }))
      expect(appError.code).toBe("INTERNAL")
      expect(JSON.stringify(appError)).not.toMatch(/secret|hunter2|text/)
    }
  })
  it("of requests that no procedure understands are bad requests", () => {
    for (const code of ["NOT_FOUND", "PARSE_ERROR", "METHOD_NOT_SUPPORTED"] as const)
      expect(describeFailure(new TRPCError({ code })).appError.code).toBe("BAD_REQUEST")
  })
})
