import { readEnv } from "./env.ts"
import type { Gateway } from "./gateway.ts"
import { createLogger } from "./logger.ts"
import { openNode } from "./node.ts"
import { defaultSizes } from "./timings.ts"

const env = readEnv()
const log = createLogger(env.LOG_LEVEL)
const scale = env.RATE_LIMIT_SCALE
const { sendBurst, sendsPerSecond, eventBurst, eventsPerSecond } = defaultSizes
const points = env.CASSANDRA_CONTACT_POINTS

if (env.HEARTH_PREVIEW_TEST_TARGETS)
  log.warn("HEARTH_PREVIEW_TEST_TARGETS is set: link previews reach this machine. It is for tests alone.")

const gateway: Gateway = await openNode({
  databaseUrl: env.DATABASE_URL,
  databasePool: env.DATABASE_POOL,
  redisUrl: env.REDIS_URL,
  cassandra: points && {
    contactPoints: points,
    keyspace: env.CASSANDRA_KEYSPACE,
    localDataCenter: env.CASSANDRA_LOCAL_DC,
  },
  secret: env.HEARTH_SECRET,
  bodyKeys: env.HEARTH_BODY_KEYS,
  prefix: env.HEARTH_PREFIX,
  nodeId: env.NODE_ID,
  internal: { port: env.INTERNAL_PORT, host: env.INTERNAL_HOST, address: env.INTERNAL_ADDRESS },
  previews: env.HEARTH_LINK_PREVIEWS === "on" ? { also: env.HEARTH_PREVIEW_TEST_TARGETS ?? [] } : undefined,
  log,
  options: {
    port: env.PORT,
    host: env.HOST,
    sizes: {
      pullAbove: env.PULL_ABOVE_VIEWERS,
      sendBurst: sendBurst * scale,
      sendsPerSecond: sendsPerSecond * scale,
      eventBurst: eventBurst * scale,
      eventsPerSecond: eventsPerSecond * scale,
    },
  },
}).catch((error: unknown) => {
  log.fatal({ err: error }, "the gateway cannot start")
  process.exit(1)
})

let leaving = false
const leave = (): void => {
  // A terminal tells the whole group, and the supervisor forwards it: once is enough.
  if (leaving) return
  leaving = true
  gateway.close().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ err: error }, "closing failed")
      process.exit(1)
    },
  )
}
process.on("SIGTERM", leave)
process.on("SIGINT", leave)
