import { AppError } from "@hearth/core"
import { describe, expect, it } from "vitest"
import { addressOf, isOwnOrigin, MAX_BODY_BYTES, readBody, requestIdOf, requireOwnJson } from "./http.ts"

const post = (headers: Record<string, string>) => ({ method: "POST", headers: new Headers(headers) })
const json = { "content-type": "application/json", host: "hearth.example:8080" }

describe("a request that changes something", () => {
  it.each([
    [{ host: "a.example", origin: "https://a.example" }, true],
    [{ host: "a.example", origin: "https://a.example:443" }, true],
    [{ host: "a.example:443", origin: "https://a.example" }, true],
    [{ host: "127.0.0.1:5001", "x-forwarded-host": "a.example", origin: "https://a.example" }, true],
    [{ host: "a.example", origin: "https://b.example" }, false],
    [{ host: "a.example", origin: "https://a.example.b.example" }, false],
    [{ host: "a.example:8080", origin: "http://a.example" }, false],
    [{ host: "a.example", origin: "null" }, false],
    [{ host: "a.example", origin: "file://a.example" }, false],
    [{ host: "a.example", origin: "garbage" }, false],
    [{ host: "a.example" }, false],
    [{ origin: "https://a.example" }, false],
  ])("from %j is our own page's: %s", (headers, own) => {
    expect(isOwnOrigin(new Headers(headers as unknown as Record<string, string>))).toBe(own)
  })
  it("carries JSON", () => {
    const origin = "http://hearth.example:8080"
    expect(() => requireOwnJson(post({ ...json, origin }))).not.toThrow()
    expect(() =>
      requireOwnJson(post({ ...json, origin, "content-type": "application/json; charset=utf-8" })),
    ).not.toThrow()
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonp",
      "",
    ])
      expect(() => requireOwnJson(post({ ...json, origin, "content-type": type }))).toThrow(AppError)
    expect(() => requireOwnJson(post(json))).toThrow("another site")
  })
  it("that only reads needs no Origin", () => {
    expect(() => requireOwnJson({ method: "GET", headers: new Headers() })).not.toThrow()
  })
})

describe("a body", () => {
  const request = (body: string | ReadableStream<Uint8Array>, headers: Record<string, string> = {}) =>
    new Request("http://a.example", { method: "POST", body, headers, duplex: "half" } as RequestInit)
  it("is read whole up to its limit", async () => {
    const text = "é".repeat(MAX_BODY_BYTES / 2)
    expect(new TextDecoder().decode(await readBody(request(text)))).toBe(text)
    await expect(readBody(request(`${text}x`))).rejects.toMatchObject({ code: "TOO_LARGE" })
  })
  it("is not read to its end when it claims no length", async () => {
    let given = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        given++
        controller.enqueue(new Uint8Array(16_384))
      },
    })
    await expect(readBody(request(endless))).rejects.toMatchObject({ code: "TOO_LARGE" })
    expect(given).toBeLessThan(10)
  })
  it("is not waited for longer than one who asks for it waits", async () => {
    const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(1)) })
    const reading = readBody(request(silent), MAX_BODY_BYTES, AbortSignal.timeout(20))
    await expect(reading).rejects.toMatchObject({ code: "BAD_REQUEST" })
  })
  it("of who went away is no failure of ours", async () => {
    const gone = new AbortController()
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.error(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }))
        gone.abort()
      },
    })
    await expect(readBody(request(broken), MAX_BODY_BYTES, gone.signal)).rejects.toMatchObject({ code: "BAD_REQUEST" })
  })
  it("may be none", async () => {
    expect((await readBody(new Request("http://a.example", { method: "POST" }))).byteLength).toBe(0)
  })
})

describe("headers", () => {
  it("tell the address that our own front saw", () => {
    expect(addressOf(new Headers({ "x-forwarded-for": "203.0.113.5, 10.0.0.1" }))).toBe("203.0.113.5")
    expect(addressOf(new Headers())).toBe("unknown")
  })
  it("carry a request's id when it has the form of one", () => {
    expect(requestIdOf(new Headers({ "x-request-id": "abcdef-123456" }))).toBe("abcdef-123456")
    expect(requestIdOf(new Headers({ "x-request-id": "a b" }))).toMatch(/^[0-9a-f-]{36}$/)
  })
})
