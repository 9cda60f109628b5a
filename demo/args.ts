import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { type Config, ROOT, readConfig } from "../scripts/supervisor/config.ts"
import { StartError } from "../scripts/supervisor/start-error.ts"
import { type SizeName, sizes } from "./plan/places.ts"

export interface DemoConfig {
  config: Config
  size: SizeName
  /** How many people go on talking. */
  live: number
}

const DEFAULT_LIVE = 24
const MAX_LIVE = 100

/** `--size` and `--live` are the demo's own; all else is what a start takes. Its data lie apart: nobody's own Hearth is filled by mistake. */
export const readDemoConfig = (args: string[], env: NodeJS.ProcessEnv): DemoConfig => {
  const { values } = parseArgs({
    args,
    options: {
      size: { type: "string", default: "full" },
      live: { type: "string", default: String(DEFAULT_LIVE) },
      data: { type: "string" },
      mode: { type: "string", default: "embedded" },
      port: { type: "string" },
      json: { type: "boolean", default: false },
    },
  })
  const { size, data, mode, port, json } = values
  if (!(size in sizes)) throw new StartError(`--size ${size} is none of ${Object.keys(sizes).join(", ")}.`)
  const live = Number(values.live)
  if (!Number.isInteger(live) || live < 0 || live > MAX_LIVE)
    throw new StartError(`--live ${values.live} is not a number of people from 0 to ${MAX_LIVE}.`)
  const passed = [
    ...["--mode", mode, "--data", resolve(data ?? join(ROOT, ".hearth-demo"))],
    ...(port === undefined ? [] : ["--port", port]),
    ...(json ? ["--json"] : []),
  ]
  return { config: readConfig(passed, env), size: size as SizeName, live }
}

/** Holds a data folder to the size that it was begun with: half of one demo and half of another is neither. */
export const keepSize = (dataDir: string, size: SizeName): void => {
  const path = join(dataDir, "demo-size")
  const kept = existsSync(path) ? readFileSync(path, "utf8").trim() : null
  if (kept === null) writeFileSync(path, `${size}\n`)
  else if (kept !== size)
    throw new StartError(
      `${dataDir} holds a demo of another size. Start it with --size ${kept}, or choose another folder with --data.`,
    )
}
