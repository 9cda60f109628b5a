import { mkdirSync, writeFileSync } from "node:fs"
import { createServer, get, type IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { brotliCompressSync, brotliDecompressSync } from "node:zlib"
import { temporaryFolder } from "@hearth/testing/parts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { compressedFiles } from "./compressed.ts"

const SCRIPT = "console.log('a script')"
const folder = temporaryFolder("compressed")
mkdirSync(join(folder.path, "chunks"))
writeFileSync(join(folder.path, "chunks/a.js"), SCRIPT)
writeFileSync(join(folder.path, "chunks/a.js.br"), brotliCompressSync(SCRIPT))

const files = compressedFiles(folder.path)
const server = createServer((req, res) => {
  if (!files(req, res)) res.writeHead(404).end("passed on")
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)))
afterAll(() => {
  server.close()
  folder.remove()
})

const ask = (path: string, encodings?: string, method = "GET") =>
  new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const headers = encodings === undefined ? {} : { "accept-encoding": encodings }
    get({ port, host: "127.0.0.1", path, method, headers }, (res) => {
      const parts: Buffer[] = []
      res.on("data", (part: Buffer) => parts.push(part))
      res.on("end", () => resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(parts) }))
    }).on("error", reject)
  })

describe("a compressed script", () => {
  it("goes to who takes it, to be kept for ever", async () => {
    for (const encodings of ["gzip, deflate, br, zstd", "br", "br;q=0.5, gzip"]) {
      const { status, headers, body } = await ask("/_next/static/chunks/a.js?dpl=1", encodings)
      expect(status).toBe(200)
      expect(headers["content-encoding"]).toBe("br")
      expect(headers["content-type"]).toContain("javascript")
      expect(headers["cache-control"]).toContain("immutable")
      expect(headers["vary"]).toBe("accept-encoding")
      expect(headers["x-content-type-options"]).toBe("nosniff")
      expect(brotliDecompressSync(body).toString()).toBe(SCRIPT)
    }
  })

  it("does not go to who does not, and nothing else is handed out", async () => {
    for (const encodings of [undefined, "gzip, deflate", "br;q=0", "gzip;q=1, br;q=0.0", "brx"])
      expect((await ask("/_next/static/chunks/a.js", encodings)).status).toBe(404)
    for (const path of [
      "/_next/static/chunks/b.js",
      "/_next/static/chunks/a.js.br",
      "/_next/static/../chunks/a.js",
      "/",
    ])
      expect((await ask(path, "br")).status).toBe(404)
    expect((await ask("/_next/static/chunks/a.js", "br", "POST")).status).toBe(404)
  })
})

describe("an app that is not built", () => {
  it("has none", () => {
    expect(compressedFiles(join(folder.path, "nowhere"))({ method: "GET", headers: {} } as never, {} as never)).toBe(
      false,
    )
  })
})
