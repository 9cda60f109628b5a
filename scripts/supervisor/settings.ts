import { randomBytes } from "node:crypto"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { z } from "zod"
import { StartError } from "./say.ts"

export type Mode = "embedded" | "dev" | "cluster"

const optional = (check: z.ZodString) => check.optional()
const count = z.coerce.number().int().min(1, "is not a positive number").max(64, "is too many")

const Env = z.object({
  HEARTH_DATA: z.string().optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce
    .number({ error: "is not a port" })
    .int("is not a port")
    .min(0, "is not a port")
    .max(65_535, "is not a port")
    .default(3000),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, "is not a postgres:// address")),
  REDIS_URL: optional(z.string().regex(/^rediss?:\/\//, "is not a redis:// address")),
  CASSANDRA_CONTACT_POINTS: optional(z.string().regex(/^[^,\s]+(\s*,\s*[^,\s]+)*$/, "is not a list of hosts")),
  CASSANDRA_KEYSPACE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,47}$/, "is not a keyspace's name")
    .default("hearth"),
  CASSANDRA_LOCAL_DC: z.string().optional(),
  HEARTH_SECRET: optional(z.string().min(32, "has fewer than 32 characters")),
  /** Addresses of proxies before the front whose forwarded headers are believed. */
  TRUSTED_PROXIES: z.string().default(""),
  WEB_NODES: count.optional(),
  GATEWAY_NODES: count.optional(),
})

export interface Settings extends Omit<z.infer<typeof Env>, "HEARTH_SECRET" | "HEARTH_DATA"> {
  mode: Mode
  json: boolean
  dataDir: string
  trustedProxies: string[]
}

/** From the command line and the environment; a wrong value is told by its name. */
export const readSettings = (root: string): Settings => {
  const { values } = parseArgs({
    options: {
      mode: { type: "string", default: "embedded" },
      data: { type: "string" },
      port: { type: "string" },
      host: { type: "string" },
      json: { type: "boolean", default: false },
    },
  })
  const mode = z.enum(["embedded", "dev", "cluster"]).safeParse(values.mode)
  if (!mode.success) throw new StartError(`There is no mode "${values.mode}": say embedded, dev or cluster.`)
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""))
  const parsed = Env.safeParse({
    ...given,
    ...(values.port !== undefined && { PORT: values.port }),
    ...(values.host !== undefined && { HOST: values.host }),
  })
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new StartError(`${String(issue?.path[0])} ${issue?.message}.`)
  }
  const folder = values.data ?? parsed.data.HEARTH_DATA ?? (mode.data === "cluster" ? ".hearth/cluster" : ".hearth")
  return {
    ...parsed.data,
    mode: mode.data,
    json: values.json,
    dataDir: resolve(root, folder),
    trustedProxies: parsed.data.TRUSTED_PROXIES.split(",").flatMap((s) => s.trim() || []),
  }
}

/** The deployment's one secret: given, or made on the first start and kept beside the data. */
export const readSecret = (dataDir: string): string => {
  const given = process.env["HEARTH_SECRET"]
  if (given) return given
  const path = join(dataDir, "secret")
  if (!existsSync(path)) writeFileSync(path, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 })
  const secret = readFileSync(path, "utf8").trim()
  if (secret.length < 32)
    throw new StartError(
      `${path} does not hold Hearth's secret any more. Bring it back from a backup: sign-ins depend on it.`,
    )
  return secret
}
