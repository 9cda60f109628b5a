import { BodyKeys } from "@hearth/db/message-store"
import { z } from "zod"

const port = z.coerce
  .number({ error: "is not a port" })
  .int("is not a port")
  .min(0, "is not a port")
  .max(65_535, "is not a port")
const count = z.coerce.number({ error: "is not a number" }).positive("is not a positive number")

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

const Env = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  DATABASE_URL: address(/^postgres(ql)?:\/\//, "is not a postgres:// address"),
  DATABASE_POOL: count.int("is not a whole number").max(200, "is more than 200").default(10),
  /** Absent: one node, state in process. */
  REDIS_URL: address(/^rediss?:\/\//, "is not a redis:// address").optional(),
  /** Absent: messages in PostgreSQL. host[:port], by commas. */
  CASSANDRA_CONTACT_POINTS: z
    .string()
    .transform((s) => s.split(",").flatMap((part) => part.trim() || []))
    .pipe(z.array(contactPoint).min(1, "names no host"))
    .optional(),
  CASSANDRA_KEYSPACE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,47}$/, "is not a keyspace's name")
    .default("hearth"),
  CASSANDRA_LOCAL_DC: z.string().optional(),
  HEARTH_SECRET: z.string({ error: "is missing" }).min(32, "has fewer than 32 characters"),
  /** Bodies are sealed under the first of these keys, and read under all. Absent: they are stored plainly. */
  HEARTH_BODY_KEYS: BodyKeys.optional(),
  HEARTH_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9:_-]{1,64}$/, "is not a prefix")
    .default("hearth"),
  LOG_LEVEL: z.enum(levels, { error: `is none of ${levels.join(", ")}` }).default("info"),
  /** The public port: Socket.IO, and /healthz, /readyz and /metrics, which the front does not pass on. */
  PORT: port.default(7000),
  HOST: z.string().default("127.0.0.1"),
  /** For the other nodes alone. 0: any free one. */
  INTERNAL_PORT: port.default(0),
  INTERNAL_HOST: z.string().default("127.0.0.1"),
  /** What the other nodes reach it by. Absent: http://INTERNAL_HOST:INTERNAL_PORT. */
  INTERNAL_ADDRESS: z.url("is not an address").optional(),
  NODE_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, "is not a node's name")
    .optional(),
  /** Where more people look at a channel than this, clients ask for what is new instead of being sent it. */
  PULL_ABOVE_VIEWERS: count.int("is not a whole number").default(10_000),
  /** Whether what messages link to is fetched, for a card under them. */
  HEARTH_LINK_PREVIEWS: z.enum(["on", "off"], { error: "is neither on nor off" }).default("on"),
  /**
   * For tests alone, which have no internet: what of this machine may be fetched all the same. Exact pairs of loopback and port,
   * by commas: set by mistake it opens what it names, and nothing beside it.
   */
  HEARTH_PREVIEW_TEST_TARGETS: z
    .string()
    .transform((s) => s.split(",").flatMap((part) => part.trim() || []))
    .pipe(
      z
        .array(z.string().regex(/^127\.0\.0\.1:[1-9]\d{3,4}$/, "is not 127.0.0.1:port, by commas"))
        .max(4, "names too many"),
    )
    .optional(),
  /** Multiplies the limits of sends and events. For load, where one account plays many people. */
  RATE_LIMIT_SCALE: count.default(1),
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

/** The only reader of process.env. */
export const readEnv = (): Env => parseEnv(process.env)
