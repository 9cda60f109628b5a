import { openDatabase } from "@hearth/db"
import { openPostgresStore } from "@hearth/db/message-store"
import { freePort } from "@hearth/db/embedded"
import { privatePostgres, stopwatch } from "@hearth/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Answered, createEdge, type Failed } from "./edge.ts"
import { findSession } from "./session/service.ts"
import { type Bed, type Person, testBed } from "./test-bed.ts"

let bed: Bed
let ada: Person
beforeAll(async () => {
  bed = await testBed()
  ada = await bed.person("Ada")
})
afterAll(() => bed[Symbol.asyncDispose]())

const HERE = "https://hearth.example"
const answered: Answered[] = []
const failed: Failed[] = []

const edge = (deps = bed.deps) =>
  createEdge({
    endpoint: "/api/trpc",
    deps: () => deps,
    session: async (request) => {
      const id = request.headers.get("x-test-session")
      return id === null ? null : findSession(deps, id)
    },
    onAnswered: (a) => answered.push(a),
    onFailed: (f) => failed.push(f),
  })

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  new Request(`${HERE}/api/trpc/${path}`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { host: "hearth.example", origin: HERE, "content-type": "application/json", ...headers },
  })
const get = (path: string, headers: Record<string, string> = {}) => new Request(`${HERE}/api/trpc/${path}`, { headers })
const as = (person: Person) => ({ "x-test-session": person.sessionId })

describe("the HTTP edge", () => {
  it("answers privately, with a request id", async () => {
    const response = await edge()(get("account.me", { ...as(ada), "x-request-id": "given-by-a-front" }))
    expect(response.status).toBe(200)
    expect(response.headers.get("cache-control")).toBe("private, no-store")
    expect(response.headers.get("x-request-id")).toBe("given-by-a-front")
    expect(await response.json()).toMatchObject({ result: { data: { id: ada.userId } } })
    expect(answered.at(-1)).toMatchObject({ path: "account.me", status: 200, userId: ada.userId })
  })
  it.each([
    ["from another site", { origin: "https://evil.example" }, 403, "FORBIDDEN"],
    ["that says no origin", { origin: "" }, 403, "FORBIDDEN"],
    ["as a form", { "content-type": "application/x-www-form-urlencoded" }, 400, "BAD_REQUEST"],
    ["as plain text", { "content-type": "text/plain" }, 400, "BAD_REQUEST"],
  ])("refuses a mutation %s, and changes nothing", async (_how, headers, status, code) => {
    const response = await edge()(post("guild.create", { name: "Forged" }, { ...as(ada), ...headers }))
    expect(response.status).toBe(status)
    expect(response.headers.get("cache-control")).toBe("private, no-store")
    expect(await response.json()).toMatchObject({ error: { data: { httpStatus: status, appError: { code } } } })
    expect((await ada.bootstrap()).guilds).toEqual([])
  })
  it("never changes anything by GET", async () => {
    const response = await edge()(get(`guild.create?input=${encodeURIComponent('{"name":"x"}')}`, as(ada)))
    expect(response.status).toBe(405)
    expect((await ada.bootstrap()).guilds).toEqual([])
  })
  it("refuses bodies, batches and bytes that are too much or no JSON", async () => {
    expect((await edge()(post("guild.create", `"${"x".repeat(70_000)}"`, as(ada)))).status).toBe(413)
    expect((await edge()(post("guild.create", "{", as(ada)))).status).toBe(400)
    expect((await edge()(post("guild.create", `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`, as(ada)))).status).toBe(
      400,
    )
    const many = await edge()(get(`${Array.from({ length: 21 }, () => "setup.status").join(",")}?batch=1&input={}`))
    expect(many.status).toBe(400)
  })
  it("takes no orders from __proto__", async () => {
    const response = await edge()(
      post("guild.create", '{"__proto__":{"name":"x"},"constructor":{"name":"y"}}', as(ada)),
    )
    expect(response.status).toBe(400)
    expect(({} as { name?: unknown }).name).toBeUndefined()
  })
  it("says when to come back", async () => {
    await using strict = await testBed({ limitScale: 0.05 })
    const handle = edge(strict.deps)
    for (let i = 0; i < 3; i++) await handle(get("invite.preview?input=%7B%22code%22%3A%22x%22%7D"))
    const response = await handle(get("invite.preview?input=%7B%22code%22%3A%22x%22%7D"))
    expect(response.status).toBe(429)
    const seconds = Number(response.headers.get("retry-after"))
    expect(seconds).toBeGreaterThan(0)
    expect(await response.json()).toMatchObject({
      error: { data: { appError: { code: "RATE_LIMITED", retryAfterMs: expect.any(Number) } } },
    })
  })
  it("is unavailable, and says so, while the database is away: for a procedure and for the session alike", async () => {
    const url = `postgres://nobody@127.0.0.1:${await freePort()}/nothing`
    const db = openDatabase({ url })
    const store = openPostgresStore({ url, macKey: Buffer.alloc(32) })
    const handle = edge({ ...bed.deps, db, store })
    for (const request of [get("setup.status"), get("account.me", as(ada))]) {
      const response = await handle(request)
      expect(response.status).toBe(503)
      expect(response.headers.get("retry-after")).toBe("1")
      expect(await response.json()).toMatchObject({
        error: { data: { appError: { code: "UNAVAILABLE", retryAfterMs: 1000 } } },
      })
    }
    expect(failed.at(-1)?.expected?.code).toBe("UNAVAILABLE")
    await store.close()
    await db.$client.end()
  })
  it("is unavailable within a second, and says so, while the database is frozen: for a procedure, and for one that writes", async () => {
    await using own = await privatePostgres()
    const db = openDatabase({ url: own.url })
    const handle = edge({ ...bed.deps, db })
    try {
      expect((await handle(get("setup.status"))).status).toBe(200)
      own.pause()
      const elapsed = stopwatch()
      const asked = [get("setup.status"), get("account.me", as(ada)), post("guild.create", { name: "Ice" }, as(ada))]
      for (const response of await Promise.all(asked.map(handle))) {
        expect(response.status).toBe(503)
        expect(await response.json()).toMatchObject({
          error: { data: { appError: { code: "UNAVAILABLE", retryAfterMs: expect.any(Number) } } },
        })
      }
      expect(elapsed()).toBeLessThan(5000)
    } finally {
      own.resume()
      await db.$client.end()
    }
  })
  it("tells a bug to the log and nothing of it to the asker", async () => {
    const store = { ...bed.deps.store, page: () => Promise.reject(new Error("secret detail")) }
    const { channels } = await ada.call.guild.create({ name: "Home" })
    const input = encodeURIComponent(JSON.stringify({ channelId: channels[0]?.id }))
    const response = await edge({ ...bed.deps, store })(get(`message.page?input=${input}`, as(ada)))
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).toContain('"INTERNAL"')
    expect(text).not.toMatch(/secret detail|stack|\.ts/)
    expect(failed.at(-1)).toMatchObject({ path: "message.page", expected: null })
  })
  it("counts what strangers ask for under one name", async () => {
    await edge()(get("made.up"))
    expect(answered.at(-1)).toMatchObject({ path: "unknown", status: 404 })
  })
})
