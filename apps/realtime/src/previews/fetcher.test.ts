import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, it } from "vitest"
import { createFetcher, type Fetcher } from "./fetcher.ts"

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})
const opened = (options: Parameters<typeof createFetcher>[0]): Fetcher => {
  const fetcher = createFetcher({ patienceMs: 60_000, ...options })
  closing.push(() => fetcher.close())
  return fetcher
}
/** A process that does something else than to fetch. */
const other = (code: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "hearth-fetcher-"))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, "other.mjs")
  writeFileSync(file, code)
  return file
}

it("fetches in another process, which reaches what it was told and nothing else", async () => {
  const server = createServer((_, res) => {
    res.writeHead(200, { "content-type": "text/html" }).end("<title>A page</title>")
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  closing.push(() => server.close())
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await opened({ also: [at] }).read(`http://${at}/`)).toMatchObject({ title: "A page", site: "127.0.0.1" })
  expect(await opened({}).read(`http://${at}/`)).toBeNull()
})

it("is told nothing of this process", async () => {
  const file = other(`process.on("message", ({ id }) => process.send({ id, found: Object.keys(process.env) }))`)
  const seen = (await opened({ file }).read("x")) as unknown as string[]
  expect(seen.filter((name) => /SECRET|URL|KEY|TOKEN|PASSWORD|PATH/i.test(name))).toEqual([])
  expect(seen).toContain("NODE_ENV")
})

it("begins anew after the process died, hung or was left alone", async () => {
  const file = other(`process.on("message", ({ id, url }) => {
    if (url === "die") process.exit(1)
    if (url === "hang") for (;;) {}
    process.send({ id, found: process.pid })
  })`)
  const fetcher = opened({ file, patienceMs: 60_000, idleMs: 10 })
  const first = await fetcher.read("x")
  await expect(fetcher.read("die")).rejects.toThrow("ended")
  const second = await fetcher.read("x")
  expect(second).not.toEqual(first)
  const impatient = opened({ file, patienceMs: 1_000 })
  await expect(impatient.read("hang")).rejects.toThrow("ended")
  // Left alone, it goes; whoever comes then gets a new one.
  await expect.poll(() => fetcher.read("x"), { timeout: 20_000, interval: 100 }).not.toEqual(second)
  fetcher.close()
  await expect(fetcher.read("x")).rejects.toThrow("ended")
})

it("reads what others ended once more, by itself: only what ends that, too, was not read", async () => {
  const file = other(`process.on("message", ({ id, url }) => {
    if (url === "die") setTimeout(() => process.exit(1), 300)
    else setTimeout(() => process.send({ id, found: url }), url === "slow" ? 2000 : 0)
  })`)
  const fetcher = opened({ file })
  expect(await fetcher.read("x")).toBe("x")
  const read = ["slow", "die", "slow"].map((url) => fetcher.read(url))
  expect(await Promise.allSettled(read)).toEqual([
    { status: "fulfilled", value: "slow" },
    { status: "rejected", reason: expect.objectContaining({ message: "the fetcher ended" }) },
    { status: "fulfilled", value: "slow" },
  ])
})
