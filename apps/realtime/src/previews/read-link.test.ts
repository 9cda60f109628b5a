import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { brotliCompressSync, createGunzip, type Gunzip, gzipSync } from "node:zlib"
import sharp from "sharp"
import { afterEach, describe, expect, it, vi } from "vitest"
import { createReadLink, MAX_PAGE_BYTES } from "./read-link.ts"

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})
const serve = async (listener: RequestListener): Promise<{ at: string; origin: string }> => {
  const server = createServer(listener)
  open.push(server)
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { at, origin: `http://${at}` }
}
const resolve = vi.fn(async () => ["127.0.0.1"])
const reader = (also: string[], ms?: number) =>
  createReadLink({ resolve, also: new Set(also) }, ms === undefined ? {} : { pageMs: ms, pictureMs: ms })

const page = (head: string) => `<!doctype html><head>${head}</head><body>words`
const html: RequestListener = (_, res) => {
  res.setHeader("content-type", "text/html; charset=utf-8")
  res.end(page(`<title>A page</title><meta name="description" content="What it says">`))
}
const found = { title: "A page", text: "What it says", picture: null }

describe("what a link leads to", () => {
  it("is what the page says of itself, with its picture made anew", async () => {
    const png = await sharp({ create: { width: 800, height: 500, channels: 3, background: "red" } })
      .png()
      .toBuffer()
    const asked: IncomingMessage[] = []
    const { at, origin } = await serve((req, res) => {
      asked.push(req)
      if (req.url === "/a.png") {
        res.setHeader("content-type", "image/png")
        return res.end(png)
      }
      res.setHeader("content-type", "text/html")
      res.setHeader("set-cookie", "track=me")
      res.end(
        page(`<title>plain</title><meta property="og:title" content="A \u202E title">
          <meta property="og:site_name" content="The Site"><meta property="og:image" content="/a.png">
          <meta name="twitter:card" content="summary_large_image">`),
      )
    })
    const read = reader([at])
    expect(await read(`${origin}/x?y=1#z`)).toMatchObject({
      site: "127.0.0.1 · The Site",
      title: "A title",
      text: "",
      picture: { width: 640, height: 336, large: true },
    })
    expect(asked.map((req) => req.url)).toEqual(["/x?y=1", "/a.png"])
    for (const { headers } of asked) {
      expect(Object.keys(headers).sort()).toEqual(["accept", "accept-encoding", "connection", "host", "user-agent"])
      expect(headers["user-agent"]).toContain("Hearth")
    }
    expect(await read(`${origin}/a.png`)).toMatchObject({
      title: "",
      picture: { width: 640, height: 400, large: true },
    })
  })

  it("is read through what it is packed in", async () => {
    for (const [coding, pack] of [
      ["gzip", gzipSync],
      ["br", brotliCompressSync],
    ] as const) {
      const { at, origin } = await serve((_, res) => {
        res.setHeader("content-type", "text/html")
        res.setHeader("content-encoding", coding)
        res.end(pack(page("<title>A page</title>")))
      })
      expect(await reader([at])(origin)).toMatchObject({ title: "A page" })
    }
  })

  it("may be a few steps away, and each step is checked as the first", async () => {
    const inner = vi.fn<RequestListener>(html)
    const secret = await serve(inner)
    const { at, origin } = await serve((req, res) => {
      const steps = Number(/\/steps\/(\d+)/.exec(req.url ?? "")?.[1] ?? -1)
      if (steps === 0) return html(req, res)
      const to: Record<string, string> = {
        "/inner": `${secret.origin}/`,
        "/name": `http://localhost:${secret.at.split(":")[1]}/`,
        "/rebind": "http://rebind.example.org/",
        "/file": "file:///etc/passwd",
        "/loop": "/loop",
        "/nowhere": "http://",
      }
      res.statusCode = steps > 0 ? 307 : 302
      res.setHeader("location", steps > 0 ? `/steps/${steps - 1}` : (to[req.url ?? ""] ?? ""))
      res.end()
    })
    const read = reader([at])
    expect(await read(`${origin}/steps/3`)).toMatchObject(found)
    expect(await read(`${origin}/steps/4`)).toBeNull()
    for (const path of ["/inner", "/name", "/rebind", "/file", "/loop", "/nowhere"])
      expect(await read(`${origin}${path}`)).toBeNull()
    expect(inner).not.toHaveBeenCalled()
  })

  it("has no picture from where nothing may be fetched", async () => {
    const inner = vi.fn<RequestListener>(html)
    const secret = await serve(inner)
    for (const image of [
      `${secret.origin}/a.png`,
      "http://169.254.169.254/a.png",
      "file:///a.png",
      "data:image/png,x",
    ]) {
      const { at, origin } = await serve((_, res) => {
        res.setHeader("content-type", "text/html")
        res.end(page(`<title>A page</title><meta property="og:image" content="${image}">`))
      })
      expect(await reader([at])(origin)).toMatchObject({ title: "A page", picture: null })
    }
    expect(inner).not.toHaveBeenCalled()
  })

  it.each<[string, RequestListener]>([
    ["an error", (_, res) => res.writeHead(404, { "content-type": "text/html" }).end(page("<title>No</title>"))],
    ["no page", (_, res) => res.writeHead(200, { "content-type": "application/pdf" }).end("<title>No</title>")],
    ["no type", (_, res) => res.writeHead(200).end("<title>No</title>")],
    ["no title", (_, res) => res.writeHead(200, { "content-type": "text/html" }).end(page("\u200b<title> </title>"))],
    ["no picture", (_, res) => res.writeHead(200, { "content-type": "image/png" }).end("not a picture")],
    ["a drawing", (_, res) => res.writeHead(200, { "content-type": "image/svg+xml" }).end("<svg/>")],
    [
      "another Hearth",
      (_, res) =>
        res.writeHead(200, { "content-type": "text/html", "x-link-preview": "none" }).end(page("<title>H</title>")),
    ],
    [
      "an unknown coding",
      (_, res) => res.writeHead(200, { "content-type": "text/html", "content-encoding": "zip" }).end("x"),
    ],
    [
      "what is not packed so",
      (_, res) => res.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" }).end("x"),
    ],
    [
      "a torn answer",
      (_, res) => void res.socket?.end("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 99\r\n\r\n"),
    ],
    [
      "long headers",
      (_, res) =>
        res.writeHead(200, { "content-type": "text/html", x: "y".repeat(40_000) }).end(page("<title>No</title>")),
    ],
  ])("is nothing when it is %s", async (_, listener) => {
    const { at, origin } = await serve(listener)
    expect(await reader([at])(origin)).toBeNull()
  })

  it("is read to a size, however large it is or becomes", async () => {
    const title = "<title>A page</title>"
    let sent = 0
    const endless = await serve((_, res) => {
      res.setHeader("content-type", "text/html")
      res.write(`<head>${title}`)
      const more = (): void => {
        if (res.destroyed) return
        sent += 65_536
        res.write(`<!--${" ".repeat(65_529)}-->`, more)
      }
      more()
    })
    expect(await reader([endless.at])(endless.origin)).toMatchObject({ title: "A page" })
    expect(sent).toBeLessThan(20 * MAX_PAGE_BYTES)
    const bomb = gzipSync(Buffer.concat([Buffer.from(`<head>${title}<!--`), Buffer.alloc(64 * 1024 * 1024)]))
    const packed = await serve((_, res) => {
      res.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" }).end(bomb)
    })
    // What is unpacked, and not what of it is in memory at some moment.
    const unpacked = vi.spyOn(Object.getPrototypeOf(createGunzip()) as Gunzip, "push")
    try {
      expect(await reader([packed.at])(packed.origin)).toMatchObject({ title: "A page" })
      const bytes = unpacked.mock.calls.reduce((sum, [chunk]) => sum + ((chunk as Buffer | null)?.length ?? 0), 0)
      expect(bytes).toBeGreaterThan(MAX_PAGE_BYTES)
      expect(bytes).toBeLessThan(2 * MAX_PAGE_BYTES)
    } finally {
      unpacked.mockRestore()
    }
  })

  it("is waited for only so long: for an answer, and for all of it", async () => {
    const silent = await serve(() => {})
    expect(await reader([silent.at], 50)(silent.origin)).toBeNull()
    const slow = await serve((_, res) => {
      res.setHeader("content-type", "text/html")
      res.write("<head>")
    })
    expect(await reader([slow.at], 50)(slow.origin)).toBeNull()
  })
})
