import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { promisify } from "node:util"
import { newBodyKey } from "@hearth/db/message-store"
import pg from "pg"
import { expect, test } from "vitest"
import { Api, newEmail, PASSWORD } from "../../e2e/support/api.ts"
import { StrangerClient } from "../../e2e/support/gateway-client.ts"
import { ROOT } from "../supervisor/config.ts"

const start = async (data: string, keys: string) => {
  const child = spawn(process.execPath, ["scripts/supervisor/main.ts", "--data", data, "--port", "0", "--json"], {
    cwd: ROOT,
    env: { ...process.env, HEARTH_BODY_KEYS: keys },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const exit = once(child, "close")
  const ready = new Promise<{ url: string; setupCode: string }>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const event = JSON.parse(line) as { event: string; url: string; setupCode: string }
      if (event.event === "ready") resolve(event)
    })
    void exit.then(() => reject(new Error("it ended")))
  })
  const stop = async () => {
    child.kill("SIGINT")
    await exit
  }
  return ready.then(
    ({ url, setupCode }) => ({ url: url.replace("localhost", "127.0.0.1"), setupCode, stop }),
    async (error: unknown) => {
      await stop()
      throw error
    },
  )
}

/** First bytes of every body that lies in the database. */
const stored = async (data: string) => {
  const [, , , port] = readFileSync(join(data, "postgres/postmaster.pid"), "utf8").split("\n")
  const password = readFileSync(join(data, "postgres/hearth.password"), "utf8").trim()
  const client = new pg.Client({ connectionString: `postgres://hearth:${password}@127.0.0.1:${port}/hearth` })
  await client.connect()
  const { rows } = await client.query<{ body: Buffer }>("select body from messages order by seq")
  await client.end()
  return rows.map(({ body }) => body)
}

test("with a key nothing lies plainly, people read as ever, and a rotation runs beside them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hearth-keys-"))
  chmodSync(folder, 0o711)
  const data = join(folder, "data")
  const [first, second] = [newBodyKey(1), newBodyKey(2)]
  let hearth = await start(data, first)
  try {
    const email = newEmail("alice")
    let alice = new Api(hearth.url)
    await alice.mutate("setup.create", {
      code: hearth.setupCode,
      instanceName: "Keys",
      email,
      password: PASSWORD,
      displayName: "Alice",
    })
    await alice.signIn(email, PASSWORD)
    const { channels } = await alice.mutate<{ channels: { id: string }[]; guild: { id: string } }>("guild.create", {
      name: "Home",
    })
    const channelId = channels[0]?.id ?? ""
    const client = await StrangerClient.connect(alice)
    await client.event("gateway:ready")
    expect(await client.send(channelId, "a text that nobody else reads")).toMatchObject({ ok: true })
    client.close()
    const [body] = await stored(data)
    expect(body?.subarray(0, 4)).toEqual(Buffer.from([0, 1, 0, 1]))
    expect(body?.includes("nobody else")).toBe(false)

    await hearth.stop()
    hearth = await start(data, `${second},${first}`)
    const rotate = promisify(execFile)(process.execPath, ["scripts/keys/main.ts", "rotate", "--data", data], {
      cwd: ROOT,
      env: { ...process.env, HEARTH_BODY_KEYS: `${second},${first}` },
    })
    expect((await rotate).stdout).toBe("  1 texts in 1 channels were put under key 2.\n")
    expect((await stored(data))[0]?.subarray(0, 4)).toEqual(Buffer.from([0, 1, 0, 2]))
    alice = new Api(hearth.url)
    await alice.signIn(email, PASSWORD)
    const { page } = await alice.query<{ page: { messages: { content: string }[] } }>("message.page", {
      channelId,
      limit: 10,
    })
    expect(page.messages.map((m) => m.content)).toEqual(["a text that nobody else reads"])
  } finally {
    await hearth.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
