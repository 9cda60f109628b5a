// npm test: everything that must hold, from a fresh clone on. `npm test -- --only types,pg` runs a part of it.
// `npm run pictures:update` takes the pictures anew that no longer fit: look at them before you commit them.
// The last line is "N passed, N failed", with ", N skipped" when something was.
import { spawn, spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import {
  countFaults,
  countPlaywright,
  countVitest,
  sum,
  tellFaults,
  tellPlaywright,
  tellVitest,
  tsProjects,
} from "./test-report.mjs"
import { squeezePictures } from "./squeeze-pictures.mjs"
import { checkNode, env24, install, node24, npm, root } from "./lib.mjs"

const bin = (path) => join(root, "node_modules", path)
const reports = join(root, ".cache/test")
const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })

let child = null
let interrupted = false
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    interrupted = true
    // A terminal's Ctrl-C has reached it already; its own end is what we wait for.
    if (signal === "SIGTERM") child?.kill(signal)
  })
}

/** Runs a program of ours under Node 24. Resolves with its exit code and what it said, when that was asked for. */
const run = (args, { cwd = root, env = {}, quiet = false } = {}) =>
  new Promise((resolve) => {
    child = spawn(node24(), args, {
      cwd,
      env: testEnv(env),
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    })
    let output = ""
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk))
    child.on("close", (code) => resolve({ code: code ?? 1, output }))
  })

/** A tester's own settings are not for the tests: they would use his database. */
const testEnv = (extra) => {
  const env = env24(extra)
  for (const name of Object.keys(env)) {
    if (/^(DATABASE_|REDIS_|CASSANDRA_|FILES_|S3_|HEARTH_|NEXTAUTH_|AUTH_)/.test(name)) delete env[name]
  }
  for (const name of ["PORT", "HOST", "HOSTNAME", "NODE_ENV", "LOG_LEVEL", "TRUSTED_PROXIES", "RATE_LIMIT_SCALE"])
    delete env[name]
  return { ...env, ...extra }
}

const check = async (args, options) => one((await run(args, options)).code === 0)

const lock = async () => {
  const text = readFileSync(join(root, "package-lock.json"), "utf8")
  const hosts = /"resolved": "https?:/.test(text)
  if (hosts) console.log("package-lock.json names the host of a registry.")
  const { status, stdout, stderr } = npm(["ci", "--dry-run", "--ignore-scripts", "--no-audit"], {
    stdio: "pipe",
    encoding: "utf8",
  })
  const missing = `${stdout}${stderr}`.split("\n").filter((line) => /Missing:|Invalid:/.test(line))
  if (missing.length > 0 || status !== 0) console.log([...missing, ...(missing.length ? [] : [stderr])].join("\n"))
  return one(!hosts && status === 0 && missing.length === 0)
}

/** Every workspace that has a tsconfig, two at a time. */
const types = async () => {
  const queue = tsProjects(root)
  // The types of routes are made, not kept.
  const made = await run([bin("next/dist/bin/next"), "typegen"], { cwd: join(root, "apps/web"), quiet: true })
  if (made.code !== 0) console.log(made.output)
  let ok = queue.length > 0 && made.code === 0
  const worker = async () => {
    for (let folder = queue.shift(); folder && !interrupted; folder = queue.shift()) {
      const { code, output } = await run([bin("typescript/bin/tsc"), "-p", folder], { quiet: true })
      if (code === 0) continue
      ok = false
      console.log(`${folder}\n${output}`)
    }
  }
  await Promise.all([worker(), worker()])
  return one(ok)
}

const vitest = (name, projects) => async () => {
  const file = join(reports, `${name}.json`)
  const { code } = await run([
    bin("vitest/vitest.mjs"),
    ...["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
    ...projects.flatMap((project) => ["--project", project]),
  ])
  const report = readReport(file)
  return { ...countVitest(report, code), told: tellVitest(report) }
}

const playwright =
  (project, options = []) =>
  async () => {
    const file = join(reports, `e2e-${project}.json`)
    const { code } = await run([bin("@playwright/test/cli.js"), "test", "--project", project, ...options], {
      cwd: join(root, "e2e"),
      env: { E2E_REPORT: file },
    })
    const report = readReport(file)
    return { ...countPlaywright(report, code), told: tellPlaywright(report) }
  }

/** A short selection of what `npm run faults` does. */
const faults = async () => {
  const file = join(reports, "faults.json")
  const { code } = await run([join(root, "faults/main.ts"), "--short", "--json", file])
  const report = readReport(file)
  return { ...countFaults(report, code), told: tellFaults(report) }
}

/** Takes those pictures anew that no longer fit. */
const takePictures = async () => {
  const result = await playwright("pictures", ["--update-snapshots=changed"])()
  squeezePictures(join(root, "e2e/pictures/shots"))
  return result
}

const readReport = (file) => {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch {
    return null
  }
}

const vitestProjects = ["unit", "dom", "pg", "redis", "cassandra", "s3"]

/** In this order: what is quick and says most comes first. `needs`: Debian packages beside Node. */
const steps = [
  { name: "format", run: () => check([bin("@biomejs/biome/bin/biome"), "format", "."]) },
  { name: "lint", run: () => check([bin("oxlint/bin/oxlint"), "--deny-warnings"]) },
  { name: "lock", run: lock },
  { name: "build", run: () => check([bin("turbo/bin/turbo"), "run", "build", "--output-logs=errors-only"]) },
  // After the build, which writes the types of the web app's routes.
  { name: "types", run: types },
  ...vitestProjects.map((name) => ({
    name,
    vitest: true,
    needs: { redis: ["redis"], cassandra: ["redis", "java", "maven"], s3: ["java", "maven"] }[name],
  })),
  { name: "start", run: vitest("start", ["start"]), needs: ["redis", "java", "maven"] },
  { name: "e2e-embedded", group: "e2e", run: playwright("embedded"), needs: ["chromium", "fonts"] },
  {
    name: "pictures",
    run: process.argv.includes("--update-pictures") ? takePictures : playwright("pictures"),
    needs: ["chromium", "fonts"],
  },
  { name: "faults", run: faults, needs: ["redis", "java", "maven"] },
  {
    name: "e2e-cluster",
    group: "e2e",
    run: playwright("cluster"),
    needs: ["chromium", "fonts", "redis", "java", "maven"],
  },
]

const systemParts = {
  redis: { packages: ["redis-server"], has: () => runs("redis-server", "--version") },
  java: { packages: ["openjdk-17-jdk-headless"], has: () => runs("sh", "-c", "ls /usr/lib/jvm/*17*/bin/java") },
  maven: { packages: ["maven"], has: () => runs("mvn", "--version") },
  chromium: { packages: ["chromium"], has: () => existsSync("/usr/bin/chromium") },
  fonts: {
    packages: ["fonts-noto-core", "fonts-noto-color-emoji", "fonts-noto-cjk"],
    has: () => systemParts.fonts.packages.every((name) => runs("dpkg", "-s", name)),
  },
}

const runs = (command, ...args) => spawnSync(command, args, { stdio: "ignore" }).status === 0

const installSystemParts = (names) => {
  const missing = names.filter((name) => !systemParts[name].has()).flatMap((name) => systemParts[name].packages)
  if (missing.length === 0) return
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`
  if (process.getuid?.() !== 0 || !runs("apt-get", "--version")) {
    console.error(`\n  The tests need what this machine lacks: ${missing.join(", ")}.\n  On Debian: sudo ${command}\n`)
    process.exit(1)
  }
  console.log(`Installing ${missing.join(", ")} …`)
  const options = { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }
  spawnSync("apt-get", ["update", "-q"], options)
  const { status } = spawnSync(command.split(" ")[0], command.split(" ").slice(1), options)
  if (status !== 0) {
    console.error(`\n  apt-get could not install ${missing.join(", ")}.\n`)
    process.exit(1)
  }
}

const chosenSteps = () => {
  const at = process.argv.indexOf("--only")
  if (at === -1) return steps
  const names = (process.argv[at + 1] ?? "").split(",").filter(Boolean)
  const unknown = names.filter((name) => !steps.some((step) => step.name === name || step.group === name))
  if (names.length === 0 || unknown.length > 0) {
    console.error(
      `--only takes names of ${steps.map((step) => step.name).join(", ")}, e2e${unknown.length ? `; not ${unknown.join(", ")}` : ""}.`,
    )
    process.exit(2)
  }
  return steps.filter((step) => names.includes(step.name) || names.includes(step.group))
}

/** One vitest run for all projects that were chosen, so that the parts boot once. */
const joined = (chosen) => {
  const names = chosen.filter((step) => step.vitest).map((step) => step.name)
  const result = []
  for (const step of chosen) {
    if (!step.vitest) result.push(step)
    else if (step.name === names[0]) result.push({ name: names.join(", "), run: vitest("vitest", names) })
  }
  return result
}

checkNode()
const chosen = chosenSteps()
installSystemParts([...new Set(chosen.flatMap((step) => step.needs ?? []))])
install((sentence) => console.log(sentence))
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const results = []
for (const step of joined(chosen)) {
  console.log(`\n── ${step.name} ──`)
  const began = Date.now()
  const result = await step.run()
  results.push({ name: step.name, seconds: (Date.now() - began) / 1000, ...result })
  if (interrupted) break
}
console.log("")
for (const told of results.flatMap((result) => result.told ?? [])) console.log(`${told}\n`)
for (const { name, seconds, passed, failed, skipped } of results) {
  console.log(
    `${failed > 0 ? "✗" : "✓"} ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(0)} s)`,
  )
}
const total = sum(results)
// Cut short is not green.
if (interrupted || results.length === 0) total.failed += 1
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`)
process.exit(total.failed > 0 ? 1 : 0)
