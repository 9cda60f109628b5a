import { createServer, type IncomingHttpHeaders, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { isDocument, ownDocument } from "./own-document.ts"

const html = { accept: "text/html,application/xhtml+xml" }
const asked = new URL("https://hearth.example/s/1?at=2")
const never = new AbortController().signal

let server: Server
let heard: { url: string | undefined; headers: IncomingHttpHeaders }
let answer: { status: number; headers: Record<string, string>; body: string }
beforeEach(async () => {
  server = createServer((request, response) => {
    heard = { url: request.url, headers: request.headers }
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  vi.stubEnv("HOSTNAME", "0.0.0.0")
  vi.stubEnv("PORT", String((server.address() as AddressInfo).port))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

test("what a browser goes to is a document: not what the router asks, what is sent, or what other programs want", () => {
  expect(isDocument("GET", new Headers(html))).toBe(true)
  expect(isDocument("HEAD", new Headers(html))).toBe(false)
  expect(isDocument("POST", new Headers(html))).toBe(false)
  expect(isDocument("GET", new Headers({ ...html, rsc: "1" }))).toBe(false)
  expect(isDocument("GET", new Headers({ accept: "*/*" }))).toBe(false)
  expect(isDocument("GET", new Headers())).toBe(false)
})

test("it is asked for once, with all that was given but what is of the connection, and its scripts are put off", async () => {
  answer = {
    status: 404,
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": "script-src 'nonce-x'" },
    body: '<html><head><script src="/_next/static/a.js" async="" nonce="x"></script></head><body>words</body></html>',
  }
  const given = new Headers({ ...html, cookie: "a=b", "x-forwarded-host": "hearth.example", "accept-encoding": "br" })
  const got = await ownDocument(asked, given, never)
  expect(heard.url).toBe("/s/1?at=2")
  expect(heard.headers).toMatchObject({
    ...html,
    cookie: "a=b",
    "x-forwarded-host": "hearth.example",
    "accept-encoding": "identity",
  })
  // What it asks of itself is not asked anew.
  expect(isDocument("GET", new Headers(heard.headers as Record<string, string>))).toBe(false)
  expect(isDocument("GET", new Headers({ ...html, "x-hearth-document": "a guess" }))).toBe(true)
  expect(got.status).toBe(404)
  expect(got.headers.get("content-security-policy")).toBe("script-src 'nonce-x'")
  expect(got.headers.has("content-length")).toBe(false)
  const body = await got.text()
  expect(body).toContain("words")
  expect(body).not.toContain('<script src="/_next/static/a.js" async=""')
})

test("where it leads to is a whole address, of the one that was asked", async () => {
  answer = { status: 307, headers: { location: "/login?next=%2Fs%2F1" }, body: "" }
  const got = await ownDocument(asked, new Headers(html), never)
  expect([got.status, got.headers.get("location")]).toEqual([307, "https://hearth.example/login?next=%2Fs%2F1"])
})

test("what is no page stays as it is", async () => {
  const body = '{"script":"<script src=\\"/_next/static/a.js\\"></script>"}'
  answer = { status: 200, headers: { "content-type": "application/json" }, body }
  expect(await (await ownDocument(asked, new Headers(html), never)).text()).toBe(body)
})

test("a server that does not hear itself says so: then it comes as Next sends it", async () => {
  vi.stubEnv("PORT", "1")
  await expect(ownDocument(asked, new Headers(html), never)).rejects.toThrow()
})
