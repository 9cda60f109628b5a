import { randomUUID } from "node:crypto"
import { Api, ApiError, newEmail, PASSWORD } from "./support/api.ts"
import { StrangerClient } from "./support/gateway-client.ts"
import { expect, test } from "./support/test.ts"

interface Snapshot {
  guild: { id: string }
  channels: { id: string; name: string }[]
}
interface Packet {
  scope: number
  ver: number
  head: number
  items: { seq: number; content: string; nonce: string; authorId: string }[]
}
interface Resumed {
  reset: boolean
  messages: { seq: number; content: string }[]
  marks: Record<string, number>
  head: number
}

const newcomer = async (origin: string, name: string): Promise<Api> => {
  const api = new Api(origin)
  const email = newEmail(name)
  await api.mutate("account.register", { email, password: PASSWORD, displayName: name })
  expect(await api.signIn(email, PASSWORD)).toBe(true)
  return api
}

test.describe("a client that knows only SPEC.md @everywhere", () => {
  test("signs in, opens a socket, chats, retries, comes back and is told apart from strangers", async ({ hearth }) => {
    const alice = await newcomer(hearth.url, "Alice")
    const { guild, channels } = await alice.mutate<Snapshot>("guild.create", { name: "Strangers" })
    const channelId =
      channels[0]?.id ??
      (await alice.mutate<{ id: string }>("channel.create", { guildId: guild.id, name: "general" })).id
    const { code } = await alice.mutate<{ code: string }>("invite.create", {
      guildId: guild.id,
      expiresInMs: null,
      maxUses: 1,
    })

    const bob = await newcomer(hearth.url, "Bob")
    await expect(bob.query("message.page", { channelId })).rejects.toThrow("UNKNOWN_CHANNEL")
    expect((await bob.mutate<Snapshot>("invite.join", { code })).guild.id).toBe(guild.id)
    const { pos } = await bob.query<{ pos: string }>("app.bootstrap")

    const a = await StrangerClient.connect(alice)
    const b = await StrangerClient.connect(bob, { pos })
    await a.event("gateway:ready")
    const ready = await b.event<{ channelIds: string[]; reset: boolean }>("gateway:ready")
    expect(ready.reset).toBe(false)
    expect(ready.channelIds).toContain(channelId)

    const open = { channels: [{ channelId, span: null, marks: {} }] }
    expect(await b.command("channel:resume", open)).toMatchObject({
      ok: true,
      data: { channels: [{ channelId, ok: true }] },
    })
    expect(await b.event<Resumed>("channel:resumed")).toMatchObject({ reset: true, messages: [], head: 0 })

    const nonce = randomUUID()
    const first = await a.send(channelId, "hello", nonce)
    expect(first).toMatchObject({ ok: true, data: { seq: 1 } })
    // [6.2] The same nonce again is the same message; with another body it is a conflict.
    expect(await a.send(channelId, "hello", nonce)).toEqual(first)
    expect(await a.send(channelId, "something else", nonce)).toMatchObject({ ok: false, error: { code: "CONFLICT" } })
    expect(await a.send(channelId, "and more")).toMatchObject({ ok: true, data: { seq: 2 } })

    const heard = await b.event<Packet[]>("channel:changed", (packets) =>
      packets.some((p) => p.items.some((m) => m.seq === 2)),
    )
    expect(heard.flatMap((p) => p.items).at(-1)).toMatchObject({ seq: 2, content: "and more" })
    const packets = (b.seen("channel:changed") as Packet[][]).flat()
    expect(packets.flatMap((p) => p.items.map((m) => m.content))).toEqual(["hello", "and more"])
    const last = packets.at(-1)

    // [5.12] Away for a while, and back with a span and marks.
    b.close()
    await a.send(channelId, "while you were away")
    const back = await StrangerClient.connect(bob, { pos })
    await back.event("gateway:ready")
    await back.command("channel:resume", {
      channels: [{ channelId, span: { from: 1, to: 2 }, marks: { [String(last?.scope)]: last?.ver } }],
    })
    const resumed = await back.event<Resumed>("channel:resumed")
    expect(resumed.reset).toBe(false)
    expect(resumed.messages.map((m) => [m.seq, m.content])).toEqual([[3, "while you were away"]])

    const { page } = await bob.query<{ page: Resumed }>("message.page", { channelId, before: 3 })
    expect(page.messages.map((m) => m.content)).toEqual(["hello", "and more"])
    back.close()

    const eve = await newcomer(hearth.url, "Eve")
    const e = await StrangerClient.connect(eve)
    await e.event("gateway:ready")
    expect(await e.send(channelId, "let me in")).toMatchObject({ ok: false, error: { code: "UNKNOWN_CHANNEL" } })
    expect(await e.command("channel:resume", open)).toMatchObject({
      ok: true,
      data: { channels: [{ channelId, ok: false, code: "UNKNOWN_CHANNEL" }] },
    })
    await a.send(channelId, "not for Eve")
    expect(await e.send("1", "nowhere")).toMatchObject({ ok: false, error: { code: "UNKNOWN_CHANNEL" } })
    expect(e.seen("channel:changed")).toEqual([])
    e.close()
    a.close()
  })

  test("gets a typed answer to everything that does not fit", async ({ hearth }) => {
    const alice = await newcomer(hearth.url, "Alice")
    const a = await StrangerClient.connect(alice)
    await a.event("gateway:ready")
    for (const body of [null, "hello", [], { channelId: "x" }, { channelId: "1", content: "", nonce: randomUUID() }])
      expect(await a.command("message:send", body)).toMatchObject({ ok: false, error: { code: "BAD_REQUEST" } })
    expect(await a.command("no:such", {})).toMatchObject({ ok: false, error: { code: "BAD_REQUEST" } })
    a.close()

    for (const ticket of ["", "a.b", "x".repeat(3000)]) {
      const refused = await StrangerClient.connect(alice, { ticket })
      expect(await refused.event<{ data: object }>("connect_error")).toMatchObject({
        data: { code: expect.any(String) },
      })
      refused.close()
    }
    const { ticket } = await alice.mutate<{ ticket: string }>("gateway.ticket")
    const once = await StrangerClient.connect(alice, { ticket })
    await once.event("gateway:ready")
    const twice = await StrangerClient.connect(alice, { ticket })
    expect(await twice.event("connect_error")).toMatchObject({ data: { code: "UNAUTHENTICATED" } })
    once.close()
  })

  test("is refused from a foreign origin, and without a session", async ({ hearth }) => {
    const foreign = await fetch(`${hearth.url}/api/trpc/gateway.ticket`, {
      method: "POST",
      headers: { origin: "https://evil.example", "content-type": "application/json" },
    })
    expect(foreign.status).toBe(403)
    const nobody = new Api(hearth.url)
    const error = await nobody.query("app.bootstrap").catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ApiError)
    expect((error as ApiError).code).toBe("UNAUTHENTICATED")
  })
})
