import { resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { type Env, parseEnv } from "../../apps/realtime/src/env.ts"
import { StartError } from "./start-error.ts"

export const ROOT = fileURLToPath(new URL("../../", import.meta.url))

export interface Config {
  mode: "embedded" | "cluster"
  /** `next dev` and a gateway that restarts when its code changes. */
  dev: boolean
  json: boolean
  dataDir: string
  host: string
  /** 0: any free one. */
  port: number
  /** Addresses and networks whose forwarded headers are believed. */
  trustedProxies: string[]
  /** What the apps will read, checked by their own schema. Absent stores are started by the supervisor. */
  given: Partial<
    Pick<Env, "DATABASE_URL" | "REDIS_URL" | "HEARTH_SECRET" | "CASSANDRA_CONTACT_POINTS" | "HEARTH_BODY_KEYS">
  > &
    Pick<Env, "CASSANDRA_KEYSPACE" | "CASSANDRA_LOCAL_DC">
  /** Passed on to the apps. */
  env: NodeJS.ProcessEnv
}

/** From arguments and environment. Throws a sentence that names the variable. */
export const readConfig = (args: string[], source: NodeJS.ProcessEnv): Config => {
  const values = readArgs(args)
  if (values.mode !== "embedded" && values.mode !== "cluster")
    throw new StartError(`--mode ${values.mode} is neither embedded nor cluster.`)
  // Empty counts as absent, since compose files write it so. npm's own settings are not for the apps.
  const env = Object.fromEntries(Object.entries(source).filter(([name, value]) => value !== "" && !/^npm_/i.test(name)))
  return {
    mode: values.mode,
    dev: values.dev,
    json: values.json,
    dataDir: resolve(values.data ?? env.HEARTH_DATA ?? `${ROOT}/.hearth`),
    host: env.HOST ?? "127.0.0.1",
    port: readPort(values.port ?? env.PORT ?? "3000"),
    trustedProxies: (env.TRUSTED_PROXIES ?? "").split(",").flatMap((part) => part.trim() || []),
    given: readGiven(env),
    env,
  }
}

const readArgs = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        mode: { type: "string", default: "embedded" },
        data: { type: "string" },
        port: { type: "string" },
        dev: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    }).values
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error))
  }
}

const readPort = (text: string) => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new StartError(`PORT ${text} is not a port.`)
  return port
}

const readGiven = (env: NodeJS.ProcessEnv): Config["given"] => {
  // The supervisor fills these in where they are absent.
  const filled = { DATABASE_URL: "postgres://filled-in/", HEARTH_SECRET: "-".repeat(32) }
  try {
    const checked = parseEnv({ ...filled, ...env, PORT: undefined, HOST: undefined })
    return {
      ...checked,
      DATABASE_URL: env.DATABASE_URL && checked.DATABASE_URL,
      HEARTH_SECRET: env.HEARTH_SECRET && checked.HEARTH_SECRET,
    }
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error))
  }
}
