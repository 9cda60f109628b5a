// For scripts that run under whatever Node is there, before anything is installed: nothing but node:* is imported here.
import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../", import.meta.url))
const stampFile = join(root, "node_modules/.hearth-installed")

/** Without what npm adds for its own children: an inner npm would take it for its settings. */
export const cleanEnv = () => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(config|package|lifecycle)_|npm_command$|npm_node_execpath$)/i.test(name),
    ),
  )
  return { ...env, NEXT_TELEMETRY_DISABLED: "1", TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" }
}

export const checkNode = () => {
  const [major, minor] = process.versions.node.split(".").map(Number)
  if (major > 20 || (major === 20 && minor >= 9)) return
  console.error(`\n  Hearth needs Node 20.9 or newer; this is ${process.versions.node}.\n`)
  process.exit(1)
}

const stamp = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex")

/** Runs npm as the npm that runs us, or the one on the path. */
export const npm = (args, options = {}) => {
  const own = process.env.npm_execpath
  const [command, ...rest] = own && /\.[cm]?js$/.test(own) ? [process.execPath, own, ...args] : ["npm", ...args]
  return spawnSync(command, rest, { cwd: root, env: cleanEnv(), stdio: ["ignore", "inherit", "inherit"], ...options })
}

/** Installs what the lock says, unless that is what is there. */
export const install = (say) => {
  const wanted = stamp()
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return
  say("Installing packages (a minute or so, the first time) …")
  // The build needs compilers and types, which NODE_ENV=production would leave out.
  const { status } = npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"])
  if (status !== 0) {
    console.error("\n  The packages could not be installed (npm ci failed; see above).\n")
    process.exit(1)
  }
  writeFileSync(stampFile, wanted)
}

/** The Node that Hearth runs on: this one when it is new enough, else the one among the packages. */
export const node24 = () => {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath
  const found = [join(root, "node_modules/node/bin/node"), join(root, "node_modules/.bin/node")].find(existsSync)
  if (found) return found
  console.error(
    "\n  Node 24 is not among the installed packages: npm was told to run no install scripts. Install Node 24, or allow them and delete node_modules.\n",
  )
  process.exit(1)
}

/** The environment in which programs written for `node` find Node 24 first. */
export const env24 = (extra = {}) => {
  const env = cleanEnv()
  return {
    ...env,
    PATH: `${dirname(node24())}${delimiter}${join(root, "node_modules/.bin")}${delimiter}${env.PATH}`,
    ...extra,
  }
}

/** Builds what has changed. */
export const build = (options = {}) =>
  spawnSync(node24(), [join(root, "node_modules/turbo/bin/turbo"), "run", "build", "--output-logs=errors-only"], {
    cwd: root,
    env: env24(),
    ...options,
  })

/** Becomes another program, as far as Node can: signals go there, its end is ours. */
export const become = (command, args, env) => {
  const child = spawn(command, args, { cwd: root, env, stdio: "inherit" })
  // The terminal's Ctrl-C reaches the child by itself; what is sent to us alone is passed on. It ignores repeats.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
  child.on("error", (error) => {
    console.error(`\n  ${error.message}\n`)
    process.exit(1)
  })
}
