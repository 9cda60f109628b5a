import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Node } from "./deployment.ts"
import type { Stage } from "./stage.ts"

/** Debian's package `libfaketime`, by architecture. */
const LIBRARIES = ["x86_64", "aarch64"].map((cpu) => `/usr/lib/${cpu}-linux-gnu/faketime/libfaketime.so.1`)

/** The wall clock of programs, and of nothing else: what counts time since a start goes on as it was. */
export interface FakeClock {
  env: Record<string, string>
  /** `-30`, `+3600`: seconds beside the true time. `@2026-…`: the time at which each program starts. */
  set(time: string): void
  /** Of who lives by it, before it is gone. */
  remove(): void
}

export const fakeClock = (time = "+0"): FakeClock => {
  const library = LIBRARIES.find((path) => existsSync(path))
  if (!library) throw new Error("clocks cannot be turned here: apt-get install libfaketime")
  const folder = mkdtempSync(join(tmpdir(), "hearth-clock-"))
  const file = join(folder, "time")
  const set = (to: string) => writeFileSync(file, to)
  set(time)
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  }
  return { env, set, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The node starts anew with this in its environment, and once more without it when the run is over. */
export const restartWith = async (stage: Stage, node: Node, env: Record<string, string>): Promise<void> => {
  const restart = async () => {
    await node.program.stop()
    await node.program.start()
  }
  Object.assign(node.env, env)
  stage.stack.defer(async () => {
    for (const name of Object.keys(env)) delete node.env[name]
    await restart()
  })
  await restart()
}

/** How far a program's wall clock is from this one's, in ms. HTTP tells it by the second. */
export const clockOf = async ({ url }: Pick<Node, "url">): Promise<number | null> => {
  const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1500) }).catch(() => null)
  const date = response?.headers.get("date")
  return date ? Date.parse(date) - Date.now() : null
}
