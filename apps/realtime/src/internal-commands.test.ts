import { once } from "node:events"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { AppError } from "@hearth/core"
import { Contended } from "@hearth/db/message-store"
import { stopwatch } from "@hearth/testing"
import { afterAll, expect, test } from "vitest"
import {
  channelLogCommands,
  createForward,
  ForwardFailed,
  forwardDefaults,
  listenInternal,
} from "./internal-commands.ts"
import { silentLogger } from "./logger.ts"

const secret = "a secret that is long enough for anybody"
const log = silentLogger()
const done: (() => unknown)[] = []
afterAll(async () => {
  for (const end of done) await end()
})

// Patient: only where lateness is what is tested does it count, and a busy machine is late often.
const patient = { timeoutMs: 20_000, underWayMs: 20_000 }
const forwarding = (own = secret, options: Partial<typeof forwardDefaults> = patient) => {
  const { forward, close } = createForward({ secret: own, options })
  done.push(close)
  return forward
}
const forever = new Promise<never>(() => {})
const server = await listenInternal({
  secret,
  log,
  handlers: {
    echo: async (body) => body,
    refuse: async () => {
      throw new AppError("RATE_LIMITED", "Slower.", { retryAfterMs: 70 })
    },
    break: async () => {
      throw new Error("a bug")
    },
    hang: () => forever,
    crowd: async () => {
      throw new Contended(700)
    },
    ...channelLogCommands({
      appendHere: async (channelId, draft) => ({ status: "conflict", ...{ channelId, draft } }),
      changeHere: async () => ({ status: "missing" }),
    }),
  },
})
done.push(() => server.close())
const node = (address = server.url) => ({ id: "n", epoch: "1", address })

test("a command reaches the other node, and its answer comes back", async () => {
  const forward = forwarding()
  const body = { text: "Zoë 🔥", list: [1, null] }
  expect(await forward(node(), { kind: "echo", body })).toEqual(body)
  const many = Array.from({ length: 200 }, (_, n) => forward(node(), { kind: "echo", body: { n } }))
  expect(await Promise.all(many)).toEqual(many.map((_, n) => ({ n })))
})

test("a definite answer is the answer, also when it is a refusal", async () => {
  const error = await forwarding()(node(), { kind: "refuse", body: {} }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 70 })
  expect(await forwarding()(node(), { kind: "break", body: {} }).catch((e: unknown) => e)).toBeInstanceOf(ForwardFailed)
})

test("another secret is refused, and nothing is done", async () => {
  const other = forwarding("another secret that is long enough too")
  await expect(other(node(), { kind: "echo", body: {} })).rejects.toThrow("401")
  const bare = await fetch(`${server.url}/internal/commands`, { method: "POST", body: "{}" })
  expect(bare.status).toBe(401)
})

test("unknown paths, kinds and shapes are refused", async () => {
  const forward = forwarding()
  await expect(forward(node(), { kind: "toString", body: {} })).rejects.toThrow("400")
  await expect(forward(node(), { kind: "append", body: { channelId: "x" } })).rejects.toThrow("400")
  await expect(forward(node(), { kind: "change", body: { channelId: "1", op: { kind: "drop" } } })).rejects.toThrow(
    "400",
  )
  expect((await fetch(`${server.url}/`)).status).toBe(404)
  await expect(forward(node(), { kind: "echo", body: "x".repeat(1_100_000) })).rejects.toBeInstanceOf(ForwardFailed)
})

test("the channel log's commands arrive as they were given", async () => {
  const draft = { authorId: "5", nonce: "n".repeat(16), content: "hello", replyTo: null }
  expect(await forwarding()(node(), { kind: "append", body: { channelId: "7", draft } })).toEqual({
    status: "conflict",
    channelId: "7",
    draft,
  })
})

test("an owner that says that it is at work is waited for longer, not for ever", async () => {
  expect(forwardDefaults).toEqual({ timeoutMs: 500, underWayMs: 2_000 })
  const elapsed = stopwatch()
  // Only because it is heard of does the second limit count, here the shorter one.
  const late = forwarding(secret, { timeoutMs: 20_000, underWayMs: 50 })(node(), { kind: "hang", body: {} })
  await expect(late).rejects.toBeInstanceOf(ForwardFailed)
  expect(elapsed()).toBeLessThan(10_000)
})

test("an owner that is crowded out says so", async () => {
  const error = await forwarding()(node(), { kind: "crowd", body: {} }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(Contended)
  expect(error).toMatchObject({ retryAfterMs: 700 })
})

test("one that accepts and says nothing is given up, and one that is gone fails at once", async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1")
  await once(silent, "listening")
  const { port } = silent.address() as AddressInfo
  const forward = forwarding(secret, { timeoutMs: 100 })
  await expect(forward(node(`http://127.0.0.1:${port}`), { kind: "echo", body: {} })).rejects.toThrow(ForwardFailed)
  for (const socket of sockets) socket.destroy()
  await new Promise((closed) => {
    silent.close(closed)
  })
  await expect(forward(node(`http://127.0.0.1:${port}`), { kind: "echo", body: {} })).rejects.toThrow(ForwardFailed)
})

test("a node that was restarted is reached again over a new connection", async () => {
  const forward = forwarding()
  const start = (port = 0) => listenInternal({ secret, log, port, handlers: { echo: async (body) => body } })
  const first = await start()
  await forward(node(first.url), { kind: "echo", body: 1 })
  await first.close()
  const again = await start(Number(new URL(first.url).port))
  expect(await forward(node(again.url), { kind: "echo", body: 2 })).toBe(2)
  await again.close()
})
