import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { afterAll, expect, test } from "vitest"
import { Api } from "../e2e/support/api.ts"
import { StrangerClient } from "../e2e/support/gateway-client.ts"
import { ROOT } from "../scripts/supervisor/config.ts"

const folder = mkdtempSync(join(tmpdir(), "hearth-demo-"))
chmodSync(folder, 0o711)
const running: ChildProcess[] = []
afterAll(async () => {
  for (const child of running.filter((c) => c.exitCode === null)) {
    child.kill("SIGINT")
    await once(child, "close")
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

type Told = { event: string; url: string; email: string; password: string; done: number }

/** npm run demo, small, as the script starts it. */
const start = (...more: string[]) => {
  const args = ["demo/main.ts", "--data", join(folder, "data"), "--port", "0", "--size", "small", "--json", ...more]
  const child = spawn(process.execPath, args, { cwd: ROOT, env: process.env, stdio: ["ignore", "pipe", "pipe"] })
  running.push(child)
  let text = ""
  child.stderr.on("data", (chunk: Buffer) => {
    text += chunk
  })
  const told: Told[] = []
  const waiting: { event: string; resolve: (told: Told) => void }[] = []
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.startsWith("{")) return
    const event = JSON.parse(line) as Told
    told.push(event)
    for (const waiter of waiting) if (waiter.event === event.event) waiter.resolve(event)
  })
  const exit = once(child, "close").then(([code]) => code as number | null)
  const hears = (event: string): Promise<Told> => {
    const heard = new Promise<Told>((resolve) => {
      const known = told.find((t) => t.event === event)
      if (known) resolve(known)
      else waiting.push({ event, resolve })
    })
    const ended = exit.then((code): never => {
      throw new Error(`ended with ${code} before ${event}: ${text}`)
    })
    return Promise.race([heard, ended])
  }
  return {
    told,
    hears,
    stop: () => {
      child.kill("SIGINT")
      return exit
    },
  }
}

test("it can be stopped while it fills, goes on, lets its person in, and its voices talk", async () => {
  const first = start("--live", "8")
  await first.hears("filling")
  expect(await first.stop()).toBe(0)

  const second = start("--live", "8")
  const [{ url }, { email, password }] = [await second.hears("ready"), await second.hears("demo")]
  const api = new Api(url.replace("localhost", "127.0.0.1"))
  expect(await api.signIn(email, password)).toBe(true)
  type Bootstrap = {
    pos: string
    heads: Record<string, number>
    readStates: { channelId: string; lastReadSeq: number }[]
    guilds: { guild: { name: string }; channels: { id: string; name: string }[] }[]
  }
  const { pos, guilds, heads, readStates } = await api.query<Bootstrap>("app.bootstrap")
  const larkfield = guilds.find(({ guild }) => guild.name === "Larkfield Observatory")
  expect(larkfield?.channels).toHaveLength(20)
  const read = new Map(readStates.map((s) => [s.channelId, s.lastReadSeq]))
  const unreadIn = (name: string) => {
    const id = larkfield?.channels.find((c) => c.name === name)?.id ?? ""
    return (heads[id] ?? 0) - (read.get(id) ?? 0)
  }
  expect(unreadIn("astrophotos")).toBe(12)
  expect(unreadIn("planets")).toBe(0)

  const client = await StrangerClient.connect(api, { pos })
  await client.event("gateway:ready")
  const live = larkfield?.channels.filter((c) => ["tonight", "mirror-lab", "tea-and-cake"].includes(c.name)) ?? []
  await client.command("channel:resume", {
    channels: live.map(({ id }) => ({ channelId: id, span: null, marks: {} })),
  })
  const typing = await client.event<{ channelId: string; userId: string }>("typing:started")
  const isTheirs = (packets: { items: { authorId: string; createdAt: number }[] }[]) =>
    packets.some(({ items }) => items.some((m) => m.createdAt > Date.now() - 60_000))
  const packets = await client.event<{ channelId: string }[]>("channel:changed", (p) => isTheirs(p as never))
  // Who talks in a channel has it open: the header shows them.
  const viewers = await client.event<{ count: number }>("channel:viewers", (v) => (v as { count: number }).count > 1)
  expect(viewers.count).toBeGreaterThan(1)
  expect(live.map((c) => c.id)).toContain(typing.channelId)
  expect(live.map((c) => c.id)).toContain(packets[0]?.channelId)
  client.close()
  expect(await second.stop()).toBe(0)

  const third = start("--live", "0")
  await third.hears("demo")
  // Nothing was left to do.
  expect(third.told.filter((t) => t.event === "filling" && t.done === 0)).toEqual([])
  expect(await third.stop()).toBe(0)
})
