import { fork } from "node:child_process"
import { once } from "node:events"
import { rmSync, writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { DEFAULT_PERMISSIONS, newSnowflake, type MemberSlice, type Snowflake } from "@hearth/core"
import { type Database, openDatabase, schema } from "@hearth/db"
import { startPostgres } from "@hearth/db/embedded"
import { migrate } from "@hearth/db/migrate"
import { connectClient, joinGuild, makeUser, type TestClient } from "@hearth/testing"
import { startRedis, temporaryFolder } from "@hearth/testing/parts"
import { joinMany } from "../e2e/support/many-members.ts"
import { createMemberIndex, type IndexedMember } from "../apps/realtime/src/members/member-index.ts"
import { now, Samples } from "./measure.ts"
import type { Answer, Ask } from "./members-node.ts"
import { Report } from "./report.ts"

const { values: flags } = parseArgs({
  options: {
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    modes: { type: "string", default: "embedded,cluster" },
    help: { type: "boolean", default: false },
  },
})
if (flags.help) {
  console.log(`npm run bench:members -- [--json FILE] [--quick] [--modes embedded,cluster]

The member list of a server of 500,000 with 100,000 online and 2 % of them moving a minute, on one gateway of the product.
The baseline of a slice is the bare query for those ranks, by name alone.`)
  process.exit(0)
}

const SECRET = "a secret of the bench, which guards nothing at all"
const MEMBERS = flags.quick ? 50_000 : 500_000
const ONLINE = MEMBERS / 5
const SLICE = 100
const GOAL_MS = 50
const QUESTIONS = flags.quick ? 300 : 2_000
const WATCHERS = 100
const many = MEMBERS.toLocaleString("en-US")

/** The order alone, without anything around it. */
const measureIndex = (report: Report): void => {
  const people = Array.from({ length: MEMBERS }, (_, i): IndexedMember => {
    const id = String(i + 1)
    const sortName = `member ${id.padStart(6, "0")}`
    const presence = i % 5 === 0 ? "online" : "offline"
    return { user: { id, displayName: sortName }, roleIds: [], joinedAt: 0, sortName, presence, away: "offline" }
  })
  const index = createMemberIndex([], people)
  const [changes, slices] = [new Samples(), new Samples()]
  for (let n = 0; n < 100_000; n++) {
    const at = now()
    const id = String(1 + Math.floor(Math.random() * MEMBERS))
    index.see(id, Math.random() < 0.2 ? "online" : "offline", "offline")
    changes.add((now() - at) * 1000)
  }
  for (let n = 0; n < 10_000; n++) {
    const at = now()
    index.slice(Math.floor(Math.random() * MEMBERS), SLICE)
    slices.add((now() - at) * 1000)
  }
  report.add("embedded", `a change of the order, ${many} members, p95`, changes.quantiles().p95, "µs")
  report.add("embedded", `a slice of the order, ${many} members, p95`, slices.quantiles().p95, "µs")
}

class Gateway implements AsyncDisposable {
  readonly #child = fork(fileURLToPath(new URL("./members-node.ts", import.meta.url)), [], {
    execArgv: ["--expose-gc"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })

  async ask(ask: Ask): Promise<Answer> {
    this.#child.send(ask)
    const [answer] = (await once(this.#child, "message")) as [
      { ok: true; result: Answer } | { ok: false; error: string },
    ]
    if (!answer.ok) throw new Error(`the gateway failed: ${answer.error}`)
    return answer.result
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#child, "exit")
    this.#child.disconnect()
    await gone
  }
}

const fill = async (
  db: Database,
  url: string,
): Promise<{ guildId: Snowflake; connect: (gatewayUrl: string) => Promise<TestClient> }> => {
  const guildId = newSnowflake()
  const viewer = await makeUser(db, "viewer")
  await db.insert(schema.instance).values({ name: "Bench" })
  await db.insert(schema.guilds).values({ id: guildId, name: "Bench", ownerId: viewer.id })
  await db
    .insert(schema.roles)
    .values({ id: guildId, guildId, name: "everyone", position: 0, permissions: DEFAULT_PERMISSIONS })
  await joinMany(url, guildId, MEMBERS)
  await joinGuild(db, guildId, viewer)
  return {
    guildId,
    connect: (gatewayUrl) => connectClient({ url: gatewayUrl, secret: SECRET, user: viewer, pos: "0" }),
  }
}

/** All members in slices, and then how long it took until the first came. */
const firstSlice = async (client: TestClient, guildId: Snowflake): Promise<number> => {
  const at = now()
  const { slices } = await client.command("members:watch", { guildId, ranges: [[0, 50]] })
  if (slices.length === 0) await client.hears("members:changed")
  return now() - at
}

const measure = async (mode: "embedded" | "cluster", report: Report): Promise<void> => {
  report.say(`${mode}: filling`)
  await using stack = new AsyncDisposableStack()
  const folder = temporaryFolder("bench")
  stack.defer(() => rmSync(folder.path, { recursive: true, force: true }))
  const postgres = stack.use(await startPostgres({ dataDir: `${folder.path}/postgres` }))
  await migrate(postgres.url)
  const db = openDatabase({ url: postgres.url, statementTimeoutMs: 600_000 })
  stack.defer(() => db.$client.end())
  const { guildId, connect } = await fill(db, postgres.url)
  const redis = mode === "cluster" ? stack.use(await startRedis()) : undefined

  const gateway = stack.use(new Gateway())
  const { url = "" } = await gateway.ask({
    do: "open",
    databaseUrl: postgres.url,
    secret: SECRET,
    ...(redis && { redisUrl: redis.url }),
  })
  const every = MEMBERS / ONLINE
  await gateway.ask({ do: "online", userIds: Array.from({ length: ONLINE }, (_, i) => String(1 + i * every)) })
  const client = await connect(url)
  stack.defer(() => client.close())

  await gateway.ask({ do: "measure" })
  await gateway.ask({ do: "forget" })
  const { heap: before = 0 } = await gateway.ask({ do: "measure" })
  await gateway.ask({ do: "forget" })
  const reading = await firstSlice(client, guildId)
  const { blockMs: blocked = 0, heap = 0 } = await gateway.ask({ do: "measure" })
  report.add(mode, `from the first look at ${many} members to the first slice`, reading / 1000, "s")
  report.add(mode, "longest block of the event loop meanwhile", blocked, "ms", GOAL_MS)
  report.add(mode, "heap of a member", (heap - before) / MEMBERS, "bytes")
  const [slice] = (await client.command("members:watch", { guildId, ranges: [[0, 1]] })).slices
  const here = slice?.groups.find(({ key }) => key === "online")?.count ?? 0
  if (Math.abs(here - ONLINE) > 1) report.warn(`${mode}: ${here} are said to be online, and not ${ONLINE}`)

  const perSecond = (ONLINE * 0.02) / 60
  await gateway.ask({ do: "churn", perSecond })
  await gateway.ask({ do: "forget" })
  const answered = new Samples()
  const ask = async (from: number): Promise<MemberSlice | undefined> =>
    (await client.command("members:watch", { guildId, ranges: [[from, SLICE]] })).slices[0]
  for (let n = 0; n < QUESTIONS; n++) {
    const from = Math.floor(Math.random() * (MEMBERS - SLICE))
    const at = now()
    const found = await ask(from)
    answered.add(now() - at)
    if (found?.rows.length !== SLICE) throw new Error(`${found?.rows.length} rows came`)
  }
  const bare = new Samples()
  const text = `select m.user_id, u.display_name, u.portrait, m.role_ids, m.joined_at from members m join users u on u.id = m.user_id
    where m.guild_id = $1 order by m.sort_name, m.user_id offset $2 limit ${SLICE}`
  for (let n = 0; n < Math.min(200, QUESTIONS); n++) {
    const values = [guildId, Math.floor(Math.random() * (MEMBERS - SLICE))]
    const at = now()
    await db.$client.query({ name: "bare", text, values })
    bare.add(now() - at)
  }
  const name = `a slice of ${many}, ${ONLINE.toLocaleString("en-US")} online`
  report.add(mode, `${name}, p50`, answered.quantiles().p50, "ms", bare.quantiles().p50)
  report.add(mode, `${name}, p95`, answered.quantiles().p95, "ms", bare.quantiles().p95)
  if (answered.quantiles().p95 > GOAL_MS) report.warn(`${mode}: a slice takes longer than ${GOAL_MS} ms`)
  const { blockMs = 0 } = await gateway.ask({ do: "measure" })
  report.add(mode, "longest block of the event loop meanwhile, and of collecting", blockMs, "ms")

  report.say(`${mode}: ${WATCHERS} watch the top of the list`)
  const watchers: TestClient[] = []
  for (let n = 0; n < WATCHERS; n++) watchers.push(await connect(url))
  for (const watcher of watchers) await watcher.command("members:watch", { guildId, ranges: [[0, 50]] })
  const since = watchers.map(({ heard }) => heard.length)
  const seconds = flags.quick ? 5 : 20
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  const told = watchers.flatMap(({ heard }, i) => heard.slice(since[i]).filter((h) => h.event === "members:changed"))
  const bytes = told.reduce((sum, { payload }) => sum + JSON.stringify(payload).length, 0)
  const moving = `while ${perSecond.toFixed(0)} people move a second`
  report.add(
    mode,
    `packets of the list to one who looks at its top, ${moving}`,
    told.length / WATCHERS / seconds,
    "a second",
    1,
  )
  report.add(mode, `bytes of the list to one who looks at its top, ${moving}`, bytes / WATCHERS / seconds, "a second")
  for (const watcher of watchers) watcher.close()
}

const report = new Report({
  startedAt: new Date().toISOString(),
  node: process.version,
  cores: availableParallelism(),
  quick: flags.quick,
  members: MEMBERS,
  online: ONLINE,
})
measureIndex(report)
for (const mode of ["embedded", "cluster"] as const)
  if (flags.modes.split(",").includes(mode)) await measure(mode, report)
console.log(report.table())
if (flags.json) writeFileSync(flags.json, report.json())
if (report.warnings.length > 0) process.exitCode = 1
