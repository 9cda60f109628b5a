import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { Duplex } from "node:stream"
import { createProxyServer } from "httpxy"
import { StartError } from "./say.ts"

export interface Pool {
  add(url: string): void
  remove(url: string): void
}
export interface Front {
  readonly port: number
  readonly webs: Pool
  readonly gateways: Pool
  close(): Promise<void>
}

export interface FrontOptions {
  host: string
  port: number
  /** Addresses whose forwarded headers are believed; from anybody else they are dropped. */
  trustedProxies: readonly string[]
  /** In development the web app's own sockets pass, too. */
  dev: boolean
}

const FORWARDED = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-real-ip",
]
// For operators and other nodes, on the inner ports only.
const INNER = /^\/+(metrics|readyz|internal)(\/|$)/i

/** The one public port: `/socket.io/` goes to the gateways, all else to the web nodes. */
export const openFront = async ({ host, port, trustedProxies, dev }: FrontOptions): Promise<Front> => {
  const proxy = createProxyServer({ ws: true })
  const webs = createPool()
  const gateways = createPool()
  const trusted = new Set(trustedProxies)
  const upgraded = new Set<Duplex>()

  const route = (req: IncomingMessage) => (isSocket(req) ? gateways : webs)

  const server = createServer((req, res) => {
    forward(req, trusted)
    if (isInner(req)) return answer(res, 404, "Not found.")
    const target = route(req).next()
    if (!target) return away(res)
    proxy.web(req, res, { target }).catch(() => {
      if (res.headersSent) res.destroy()
      else away(res)
    })
  })
  server.on("upgrade", (req, socket, head) => {
    forward(req, trusted)
    upgraded.add(socket)
    socket.on("close", () => upgraded.delete(socket))
    socket.on("error", () => socket.destroy())
    const target = isSocket(req) || dev ? route(req).next() : undefined
    if (!target) return refuse(socket)
    proxy.ws(req, socket as never, { target }, head).catch(() => refuse(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const where = `${host}:${port}`
      if (error.code === "EADDRINUSE")
        reject(
          new StartError(
            `Port ${port} is in use by another program. Stop it, or choose another with PORT=${port + 1}.`,
          ),
        )
      else if (error.code === "EACCES")
        reject(
          new StartError(`Port ${port} needs rights that this user does not have. Choose one above 1023 with PORT.`),
        )
      else reject(new StartError(`Hearth cannot listen on ${where}: ${error.message}.`))
    })
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    webs,
    gateways,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      for (const socket of upgraded) socket.destroy()
      await closed
    },
  }
}

const createPool = (): Pool & { next(): string | undefined } => {
  const targets: string[] = []
  let turn = 0
  return {
    add: (url) => {
      if (!targets.includes(url)) targets.push(url)
    },
    remove: (url) => {
      const i = targets.indexOf(url)
      if (i >= 0) targets.splice(i, 1)
    },
    next: () => targets[turn++ % Math.max(1, targets.length)],
  }
}

const isSocket = (req: IncomingMessage) => (req.url ?? "").startsWith("/socket.io/")

const isInner = (req: IncomingMessage) => {
  try {
    return INNER.test(decodeURIComponent((req.url ?? "").split("?")[0] ?? ""))
  } catch {
    return true
  }
}

/** Only what the front itself knows, or what a configured proxy says, reaches the apps. */
const forward = (req: IncomingMessage, trusted: ReadonlySet<string>) => {
  const peer = (req.socket.remoteAddress ?? "").replace(/^::ffff:/, "")
  const { headers } = req
  const believed = trusted.has(peer)
  const said = (name: string) =>
    believed
      ? String(headers[name] ?? "")
          .split(",")
          .at(-1)
          ?.trim()
      : undefined
  const address = said("x-forwarded-for") || peer
  const host = said("x-forwarded-host") || headers.host || ""
  const proto = said("x-forwarded-proto") === "https" ? "https" : "http"
  for (const name of FORWARDED) delete headers[name]
  headers["x-forwarded-for"] = address
  headers["x-forwarded-host"] = host
  headers["x-forwarded-proto"] = proto
}

const answer = (res: ServerResponse, status: number, text: string, headers: Record<string, string> = {}) => {
  res.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers })
  res.end(text)
}

const away = (res: ServerResponse) =>
  answer(res, 503, "Hearth is starting, or a part of it is. Try again in a moment.", { "retry-after": "1" })

const refuse = (socket: Duplex) => {
  if (socket.writable)
    socket.end("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
  else socket.destroy()
}
