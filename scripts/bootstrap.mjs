// Installing and building, for start.mjs and test.mjs. node:* only: it runs before anything is installed.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const major = Number(process.versions.node.split(".")[0])
const minor = Number(process.versions.node.split(".")[1])

export const fail = (sentence) => {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

if (major < 20 || (major === 20 && minor < 9))
  fail(`Hearth needs Node 20.9 or newer; this is ${process.versions.node}.`)

/** The caller's environment without what npm adds to it, which would change what the npm that we call does. */
export const cleanEnv = (node = process.execPath) => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^npm_(config|package|lifecycle)_/i.test(key)),
  )
  return {
    ...env,
    PATH: [dirname(node), join(root, "node_modules/.bin"), env.PATH].join(delimiter),
    NEXT_TELEMETRY_DISABLED: "1",
    TURBO_TELEMETRY_DISABLED: "1",
  }
}

/** Runs the npm that runs us, or the one on the PATH. */
export const npm = (args, options = {}) => {
  const { npm_execpath: path } = process.env
  const [command, first] = path && /\.c?js$/.test(path) ? [process.execPath, [path]] : ["npm", []]
  return spawnSync(command, [...first, ...args], { cwd: root, env: cleanEnv(), encoding: "utf8", ...options })
}

const stampFile = join(root, "node_modules/.hearth-stamp")
const stamp = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(process.platform)
    .update(process.arch)
    .digest("hex")

/** `npm ci`, when the lock file is another than the one that was installed. */
export const ensureInstalled = () => {
  const wanted = stamp()
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return
  process.stdout.write("Installing packages (a minute, the first time) …\n")
  // The caller's NODE_ENV=production would leave out what builds.
  const done = npm(["ci", "--include=dev", "--no-audit", "--no-fund"], { stdio: ["ignore", "inherit", "inherit"] })
  if (done.status !== 0) fail("The packages could not be installed; npm says why above. Nothing was changed.")
  writeFileSync(stampFile, wanted)
}

/** A Node that runs TypeScript: the one that runs us when it can, else the one that came with the packages. */
export const node24 = () => {
  if (major >= 24) return process.execPath
  const bundled = join(root, "node_modules/node/bin/node")
  if (!existsSync(bundled))
    fail(
      "Node 24 is missing from node_modules: npm did not run the install script of the package `node`. Run `npm ci --include=dev` again, or start Hearth with Node 24.",
    )
  return bundled
}

/** Builds what changed since the last time. */
export const build = (node) => {
  const began = Date.now()
  process.stdout.write("Building …\n")
  const args = [join(root, "node_modules/turbo/bin/turbo"), "run", "build", "--output-logs=errors-only", "--no-daemon"]
  const done = spawnSync(node, args, { cwd: root, env: cleanEnv(node), encoding: "utf8" })
  if (done.status !== 0)
    fail(`${done.stdout ?? ""}${done.stderr ?? ""}\nHearth could not be built; the reason is above.`)
  process.stdout.write(`Built (${((Date.now() - began) / 1000).toFixed(1)} s)\n`)
}
