import { Agent, createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { BlockList, isIP, type Socket } from "node:net"
import { posix } from "node:path"
import { createProxyServer } from "httpxy"
import { answerLater } from "./in-a-moment.ts"
import { StartError } from "./start-error.ts"

export interface FrontOptions {
  host: string
  port: number
  /** Ports on loopback of those that are up now. */
  webs: () => number[]
  gateways: () => number[]
  trustedProxies: string[]
  /** Answers what it has itself, and says whether it did. */
  files?: (req: IncomingMessage, res: ServerResponse) => boolean
}

export interface Front {
  port: number
  /** Answers what is under way, then closes every connection. */
  close(graceMs?: number): Promise<void>
}

/** Not for the outside: scraped and probed from within. */
const INNER_PATHS = /^\/(metrics|readyz|internal)(\/|$)/
const FORWARDED = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-real-ip",
]

/** The one public port: sockets to the gateways, all else to the web nodes. What clients claim about themselves is taken off. */
export const startFront = async ({
  host,
  port,
  webs,
  gateways,
  trustedProxies,
  files,
}: FrontOptions): Promise<Front> => {
  const proxy = createProxyServer({ agent: new Agent({ keepAlive: true }), proxyTimeout: 120_000 })
  // No listener for "error": with one, the promises below would no longer tell.
  const trusted = blockList(trustedProxies)
  const upgraded = new Set<Socket>()
  const nextWeb = inTurn(webs)
  const nextGateway = inTurn(gateways)

  const targetOf = (req: IncomingMessage): string | null => {
    const port = req.url?.startsWith("/socket.io/") ? nextGateway() : nextWeb()
    return port === undefined ? null : `http://127.0.0.1:${port}`
  }

  const server = createServer((req, res) => {
    vouch(req, trusted)
    if (INNER_PATHS.test(plainPath(req))) return answer(res, 404, "Not found.")
    if (files?.(req, res)) return
    const target = targetOf(req)
    if (target === null) return unavailable(req, res)
    proxy.web(req, res, { target }).catch(() => unavailable(req, res))
  })
  server.on("upgrade", (req, socket: Socket, head: Buffer) => {
    socket.on("error", () => {})
    upgraded.add(socket)
    socket.once("close", () => upgraded.delete(socket))
    vouch(req, trusted)
    const target = INNER_PATHS.test(plainPath(req)) ? null : targetOf(req)
    if (target === null) return refuse(socket)
    socket.setNoDelay(true)
    proxy.ws(req, socket, { target }, head).catch(() => refuse(socket))
  })
  // Broken requests are the client's own affair.
  server.on("clientError", (_error, socket) => socket.destroy())

  const listening = await listen(server, host, port)
  return {
    port: listening,
    close: async (graceMs = 2000) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of upgraded) socket.end()
      server.closeIdleConnections()
      const late = setTimeout(() => {
        for (const socket of upgraded) socket.destroy()
        server.closeAllConnections()
      }, graceMs)
      await closed
      clearTimeout(late)
      for (const socket of upgraded) socket.destroy()
    },
  }
}

/** Each kind has turns of its own: who takes a ticket and then a socket, again and again, must come to every gateway. */
const inTurn = (ports: () => number[]) => {
  let turn = 0
  return () => {
    const up = ports()
    return up[turn++ % Math.max(up.length, 1)]
  }
}

/** Says who asks, in the headers that the apps believe, whatever the client wrote there. */
const vouch = (req: IncomingMessage, trusted: BlockList) => {
  const peer = (req.socket.remoteAddress ?? "").replace(/^::ffff:/, "")
  const claimed = isTrusted(peer, trusted) ? { ...req.headers } : {}
  for (const name of FORWARDED) delete req.headers[name]
  const hops = String(claimed["x-forwarded-for"] ?? "")
    .split(",")
    .flatMap((hop) => hop.trim() || [])
  // The last one that no proxy of ours added itself.
  req.headers["x-forwarded-for"] = hops.findLast((hop) => isIP(hop) !== 0 && !isTrusted(hop, trusted)) ?? peer
  req.headers["x-forwarded-host"] = String(claimed["x-forwarded-host"] ?? req.headers.host ?? "")
  req.headers["x-forwarded-proto"] = /^(https|wss)$/.test(String(claimed["x-forwarded-proto"])) ? "https" : "http"
}

const isTrusted = (address: string, trusted: BlockList) => {
  const family = isIP(address)
  return family !== 0 && trusted.check(address, family === 6 ? "ipv6" : "ipv4")
}

const blockList = (entries: string[]): BlockList => {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = "", bits] = entry.split("/")
    const family = isIP(address) === 6 ? "ipv6" : "ipv4"
    try {
      if (bits === undefined) list.addAddress(address, family)
      else list.addSubnet(address, Number(bits), family)
    } catch {
      throw new StartError(`TRUSTED_PROXIES: ${entry} is neither an address nor a network such as 10.0.0.0/8.`)
    }
  }
  return list
}

/** The path as a router may come to read it: decoded, without doubled slashes and dots. */
const plainPath = (req: IncomingMessage): string => {
  try {
    const raw = (req.url ?? "/")
      .replace(/^[a-z]+:\/\/[^/]*/i, "")
      .replaceAll("\\", "/")
      .replace(/\/{2,}/g, "/")
    const { pathname } = new URL(raw, "http://front")
    return posix.normalize(decodeURIComponent(pathname)).toLowerCase()
  } catch {
    return "/"
  }
}

const answer = (res: ServerResponse, status: number, sentence: string) => {
  res.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" })
  res.end(`${sentence}\n`)
}

const unavailable = (req: IncomingMessage, res: ServerResponse) =>
  res.headersSent ? void res.destroy() : answerLater(req, res)

const refuse = (socket: Socket) => {
  if (socket.destroyed) return
  socket.end("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
}

const listen = (server: ReturnType<typeof createServer>, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        reject(
          new StartError(
            `Port ${port} is in use by another program. Stop it, or choose another port: PORT=3001 npm start`,
          ),
        )
      } else if (error.code === "EACCES") {
        reject(new StartError(`Port ${port} is not open to this user. Choose one above 1023: PORT=3000 npm start`))
      } else if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
        reject(new StartError(`HOST ${host} is not an address of this machine.`))
      } else reject(error)
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(address && typeof address === "object" ? address.port : port)
    })
  })
