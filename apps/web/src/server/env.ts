import { BodyKeys } from "@hearth/db/message-store"
import { z } from "zod"

const list = z.string().transform((s) =>
  s
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
)

const levels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const
const address = (scheme: RegExp, complaint: string) =>
  z.string({ error: "is missing" }).refine((s) => scheme.test(s) && URL.canParse(s), complaint)
// A name or an IPv4 address, an IPv6 address, or one in brackets; the driver takes a port that it cannot read for its own.
const contactPoint = z
  .string()
  .regex(
    /^([^\s:/[\]]+(:\d{1,5})?|\[[\da-f:.]+\](:\d{1,5})?|[\da-f.]*(:[\da-f.]*){2,})$/i,
    "is not host[:port], by commas",
  )

const Variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  DATABASE_URL: address(/^postgres(ql)?:\/\//, "is not a postgres:// address"),
  /** Absent: limits are counted in this process. */
  REDIS_URL: address(/^rediss?:\/\//, "is not a redis:// address").optional(),
  /** Absent: messages are in PostgreSQL. host[:port], by commas. */
  CASSANDRA_CONTACT_POINTS: list.pipe(z.array(contactPoint).min(1, "names no host")).optional(),
  CASSANDRA_KEYSPACE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,47}$/, "is not a keyspace's name")
    .default("hearth"),
  CASSANDRA_LOCAL_DC: z.string().optional(),
  HEARTH_SECRET: z.string({ error: "is missing" }).min(32, "has fewer than 32 characters"),
  /** Bodies are sealed under the first of these keys, and read under all. Absent: they are stored plainly. */
  HEARTH_BODY_KEYS: BodyKeys.optional(),
  HEARTH_PREFIX: z.string().default("hearth"),
  LOG_LEVEL: z.enum(levels, { error: `is none of ${levels.join(", ")}` }).default("info"),
  /** Multiplies every rate limit of the API. For tests and load, where one address plays many people. */
  RATE_LIMIT_SCALE: z.coerce.number().positive("is not a positive number").default(1),
  /** 1: /gallery shows every component. For who works on them, and for the pictures. */
  HEARTH_GALLERY: z
    .enum(["0", "1"], { error: "is neither 0 nor 1" })
    .default("0")
    .transform((value) => value === "1"),
  DATABASE_POOL: z.coerce
    .number()
    .int("is not a whole number")
    .min(1, "is not a positive number")
    .max(200, "is more than 200")
    .default(10),
  /** Where files lie: a folder that all web nodes share, or S3. */
  FILES_DIR: z.string().optional(),
  /** With the four below: any service that speaks S3. */
  S3_ENDPOINT: address(/^https?:\/\//, "is not an http(s):// address").optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "is not a bucket's name")
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, "is not a region's name")
    .default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
})
const Env = Variables.superRefine((given, { addIssue }) => {
  const complain = (name: string, message: string) => addIssue({ code: "custom", path: [name], message })
  if (given.S3_ENDPOINT === undefined) {
    if (given.FILES_DIR === undefined) complain("FILES_DIR", "is missing")
    return
  }
  if (given.FILES_DIR !== undefined) complain("FILES_DIR", "and S3_ENDPOINT are two places for files: name one")
  for (const name of ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const)
    if (given[name] === undefined) complain(name, "is missing")
})
export type Env = z.infer<typeof Env>

/** Throws one sentence that names the variable. Empty counts as absent, since compose files write it so. */
export const parseEnv = (source: Record<string, string | undefined>): Env => {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""))
  const parsed = Env.safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`${issue?.path[0]?.toString() ?? "The environment"} ${issue?.message ?? "is wrong"}.`)
}

let parsed: Env | undefined

/** The only reader of process.env. Parsed when first asked for: a build has no environment. */
export const env = (): Env => {
  if (!parsed) {
    parsed = parseEnv(process.env)
    // NextAuth reads these itself. Its address follows each request's host, which our own front vouches for.
    process.env["AUTH_TRUST_HOST"] = "1"
    delete process.env["NEXTAUTH_URL"]
  }
  return parsed
}
