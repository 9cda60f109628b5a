import { createServer, type IncomingMessage, request, type Server } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { afterEach, expect, test } from "vitest"
import { type Front, type FrontOptions, startFront } from "./front.ts"

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Seen {
  name: string
  path: string
  headers: IncomingMessage["headers"]
}

/** A server that answers with what it was asked, and echoes on upgraded sockets. */
const backend = async (name: string): Promise<{ port: number; server: Server }> => {
  const server = createServer((req, res) => {
    res.setHeader("content-type", "application/json")
    res.end(JSON.stringify({ name, path: req.url, headers: req.headers } satisfies Partial<Seen>))
  })
  server.on("upgrade", (_req, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
    socket.on("error", () => {})
    socket.pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, server }
}

const front = async (options: Partial<FrontOptions> = {}): Promise<Front> => {
  const made = await startFront({
    host: "127.0.0.1",
    port: 0,
    webs: () => [],
    gateways: () => [],
    trustedProxies: [],
    ...options,
  })
  closing.push(() => made.close(0))
  return made
}

const get = (port: number, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: IncomingMessage["headers"]; body: string }>((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers }, (res) => {
      let body = ""
      res.on("data", (chunk) => {
        body += chunk
      })
      res.on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }))
    })
      .on("error", reject)
      .end()
  })

const seen = async (port: number, path: string, headers?: Record<string, string>) =>
  JSON.parse((await get(port, path, headers)).body) as Seen

test("sockets go to the gateways, all else to the web nodes, each in turn", async () => {
  const [a, b, c, d] = await Promise.all(["web-1", "web-2", "gateway-1", "gateway-2"].map(backend))
  const ports = [a, b, c, d].map((it) => it?.port ?? 0)
  const { port } = await front({ webs: () => ports.slice(0, 2), gateways: () => ports.slice(2) })
  const names = async (path: string) =>
    [(await seen(port, path)).name, (await seen(port, path)).name, (await seen(port, path)).name].sort()
  expect(new Set(await names("/s/1"))).toEqual(new Set(["web-1", "web-2"]))
  expect(new Set(await names("/socket.io/?EIO=4"))).toEqual(new Set(["gateway-1", "gateway-2"]))
  expect((await seen(port, "/socket.iox")).name).toMatch(/^web/)
})

test("who asks for a page before each socket comes to every gateway all the same", async () => {
  const all = await Promise.all(["web-1", "web-2", "gateway-1", "gateway-2"].map(backend))
  const ports = all.map((it) => it.port)
  const { port } = await front({ webs: () => ports.slice(0, 2), gateways: () => ports.slice(2) })
  const names: string[] = []
  for (let i = 0; i < 2; i++) {
    await seen(port, "/api/trpc/gateway.ticket")
    names.push((await seen(port, "/socket.io/?EIO=4")).name)
  }
  expect(names.sort()).toEqual(["gateway-1", "gateway-2"])
})

test("what a client claims about itself is replaced by what the front sees", async () => {
  const web = await backend("web")
  const { port } = await front({ webs: () => [web.port] })
  const { headers } = await seen(port, "/", {
    host: "hearth.example",
    forwarded: "for=6.6.6.6",
    "x-forwarded-for": "6.6.6.6",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-forwarded-port": "443",
    "x-real-ip": "6.6.6.6",
  })
  expect(headers).toMatchObject({
    host: "hearth.example",
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-host": "hearth.example",
    "x-forwarded-proto": "http",
  })
  expect(headers).not.toHaveProperty("forwarded")
  expect(headers).not.toHaveProperty("x-real-ip")
  expect(headers).not.toHaveProperty("x-forwarded-port")
})

test("a trusted proxy is believed, and its own client's claims are not", async () => {
  const web = await backend("web")
  const { port } = await front({ webs: () => [web.port], trustedProxies: ["127.0.0.0/8"] })
  const { headers } = await seen(port, "/", {
    "x-forwarded-for": "6.6.6.6, 203.0.113.9, 127.0.0.7",
    "x-forwarded-host": "hearth.example",
    "x-forwarded-proto": "https",
  })
  expect(headers).toMatchObject({
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "hearth.example",
    "x-forwarded-proto": "https",
  })
})

test("a proxy that is no address is named", async () => {
  await expect(front({ trustedProxies: ["somewhere"] })).rejects.toThrow(/TRUSTED_PROXIES: somewhere/)
})

test.each([
  "/metrics",
  "/readyz",
  "/internal",
  "/internal/commands",
  "//metrics",
  "/%6detrics",
  "/x/../metrics",
  "/x/%2e%2e/metrics",
  "/METRICS",
  "/./readyz?x=1",
  "/x%2f..%2fmetrics",
])("%s is not for the outside", async (path) => {
  const web = await backend("web")
  const { port } = await front({ webs: () => [web.port], gateways: () => [web.port] })
  expect((await get(port, path)).status).toBe(404)
})

test("/healthz is", async () => {
  const web = await backend("web")
  const { port } = await front({ webs: () => [web.port] })
  expect((await seen(port, "/healthz")).path).toBe("/healthz")
})

test("who is away is said with 503 and when to come back, and works again once back", async () => {
  const web = await backend("web")
  const gone = await backend("gone")
  gone.server.close()
  let webs: number[] = []
  const { port } = await front({ webs: () => webs })
  expect(await get(port, "/")).toMatchObject({ status: 503, headers: { "retry-after": "1" } })
  webs = [gone.port]
  expect(await get(port, "/")).toMatchObject({ status: 503, headers: { "retry-after": "1" } })
  webs = [web.port]
  expect((await get(port, "/")).status).toBe(200)
})

test("people who come while nobody is up get a page that looks again by itself, in their language", async () => {
  const { port } = await front()
  const german = await get(port, "/s/1/2", { accept: "text/html,*/*", "accept-language": "de-AT,de;q=0.9,en;q=0.5" })
  expect(german).toMatchObject({ status: 503, headers: { refresh: "2", "content-language": "de" } })
  expect(german.body).toContain("Was du geschrieben und gesendet hast, ist sicher.")
  const english = await get(port, "/", { accept: "text/html", "accept-language": "fr,en;q=0.5,de;q=0.4" })
  expect(english.body).toContain("What you wrote and sent is safe.")
  expect(english.headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(english.body).not.toMatch(/<script|style=|https?:/)
  const program = await get(port, "/api/trpc/app.bootstrap", { accept: "application/json" })
  expect(program.headers["content-type"]).toContain("text/plain")
  expect(program.headers).not.toHaveProperty("refresh")
})

const upgrade = (port: number, path: string) => {
  const socket = connect(port, "127.0.0.1")
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n`,
  )
  let text = ""
  socket.setEncoding("utf8")
  const until = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => pattern.test(text) && resolve()
      socket.on("data", (chunk) => {
        text += chunk
        look()
      })
      socket.on("close", () => (pattern.test(text) ? resolve() : reject(new Error(`closed after: ${text}`))))
      look()
    })
  return { socket, until, closed: new Promise<void>((resolve) => socket.on("close", () => resolve())) }
}

test("a WebSocket passes in both directions and ends when the front closes", async () => {
  const gateway = await backend("gateway")
  const made = await front({ gateways: () => [gateway.port] })
  const { socket, until, closed } = upgrade(made.port, "/socket.io/?EIO=4&transport=websocket")
  await until(/101 Switching/)
  socket.write("hello through the front")
  await until(/hello through the front/)
  await made.close(50)
  await closed
})

test("a WebSocket without a gateway is refused with 503", async () => {
  const { port } = await front()
  await upgrade(port, "/socket.io/").until(/^HTTP\/1\.1 503 [^]*Retry-After: 1/)
})

test("a port that is in use is a sentence", async () => {
  const { port } = await backend("other")
  await expect(front({ port })).rejects.toThrow(`Port ${port} is in use by another program`)
})
