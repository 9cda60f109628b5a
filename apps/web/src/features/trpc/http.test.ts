import { describe, expect, it } from "vitest"
import { addressOf, CallError, createCaller, createClient } from "./http.ts"

interface Asked {
  url: string
  init: RequestInit | undefined
}

const open = (answer: (asked: Asked) => unknown) => {
  const asked: Asked[] = []
  const ask = (async (url: string, init?: RequestInit) => {
    asked.push({ url, init })
    const body = answer({ url, init })
    if (body instanceof Error) throw body
    return new Response(typeof body === "string" ? body : JSON.stringify(body))
  }) as typeof fetch
  interface Client {
    user: { byIds: { query(input?: unknown): Promise<unknown> } }
    message: { page: { query(input?: unknown): Promise<unknown> } }
    guild: { update: { mutate(input?: unknown): Promise<unknown> } }
  }
  return { asked, client: createClient<Client>(createCaller("/api/trpc", ask)) }
}
const inputOf = (url: string) => JSON.parse(new URL(url, "http://x").searchParams.get("input") ?? "null")
const data = (...all: unknown[]) => all.map((d) => ({ result: { data: d } }))

describe("requests of one turn", () => {
  it("are asked for where a page that goes ahead of them looks", async () => {
    const { asked, client } = open(() => data("a"))
    await client.user.byIds.query()
    expect(asked.map((a) => a.url)).toEqual([addressOf("/api/trpc", "user.byIds")])
  })

  it("go out together, queries by GET and what changes something by POST, each answered with its own", async () => {
    const { asked, client } = open(({ init }) => (init?.method === "POST" ? data("c") : data("a", "b")))
    const answers = await Promise.all([
      client.user.byIds.query({ n: 1 }),
      client.guild.update.mutate({ name: "x" }),
      client.user.byIds.query(),
    ])
    expect(answers).toEqual(["a", "c", "b"])
    expect(asked.map((a) => a.url.split("&")[0])).toEqual([
      "/api/trpc/user.byIds,user.byIds?batch=1",
      "/api/trpc/guild.update?batch=1",
    ])
    expect(inputOf(asked[0]?.url ?? "")).toEqual({ 0: { n: 1 } })
    expect(asked[1]?.init).toMatchObject({ method: "POST", headers: { "content-type": "application/json" } })
    expect(JSON.parse(String(asked[1]?.init?.body))).toEqual({ 0: { name: "x" } })
  })

  it("leave those by themselves that a document asks for ahead", async () => {
    const { asked, client } = open(({ url }) => data(...url.split(",").map(() => 1)))
    await Promise.all([client.user.byIds.query(), client.message.page.query({ n: 1 }), client.user.byIds.query()])
    expect(asked.map((a) => a.url)).toContain(addressOf("/api/trpc", "message.page", { n: 1 }))
    expect(asked).toHaveLength(3)
  })

  it("are at most ten in one, and no address is too long", async () => {
    const { asked, client } = open(({ url }) => data(...Object.values(inputOf(url))))
    const inputs = [...Array.from({ length: 12 }, (_, i) => ({ i })), { long: "x".repeat(3900) }, { last: true }]
    expect(await Promise.all(inputs.map((input) => client.user.byIds.query(input)))).toEqual(inputs)
    expect(asked.map((a) => Object.keys(inputOf(a.url)).length)).toEqual([10, 2, 1, 1])
  })

  it("fail one by one, with what the API tells of each", async () => {
    const error = { message: "No.", data: { httpStatus: 403 } }
    const { client } = open(() => [{ error }, ...data("fine")])
    const [first, second] = await Promise.allSettled([client.user.byIds.query(1), client.user.byIds.query(2)])
    expect(first).toMatchObject({ status: "rejected", reason: { data: { httpStatus: 403 } } })
    expect(second).toEqual({ status: "fulfilled", value: "fine" })
  })

  it("fail together when the whole request was refused, or nothing readable came", async () => {
    for (const [answer, expected] of [
      [{ error: { message: "No.", data: { httpStatus: 413 } } }, { httpStatus: 413 }],
      ["<html>", undefined],
      [[], undefined],
      [new Error("offline"), undefined],
    ] as const) {
      const { client } = open(() => answer)
      const results = await Promise.allSettled([client.user.byIds.query(1), client.user.byIds.query(2)])
      for (const result of results) {
        expect(result).toMatchObject({ status: "rejected", reason: expect.any(CallError) })
        expect((result as PromiseRejectedResult).reason.data).toEqual(expected)
      }
    }
  })
})
