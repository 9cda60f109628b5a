import { randomBytes } from "node:crypto"
import { assertMigrated, type Database, deriveKey, openDatabase } from "@hearth/db"
import {
  type BodyKey,
  type MessageStore,
  openBodies,
  openCassandraStore,
  openPostgresStore,
} from "@hearth/db/message-store"
import { openMemoryRateLimits, openRedisRateLimits, type RateLimits } from "@hearth/db/rate-limits"
import { sql } from "drizzle-orm"
import { createMemoryBus } from "./bus/memory.ts"
import { createRedisBus, type RedisBusOptions } from "./bus/redis.ts"
import { createOwners } from "./channel-log/owners.ts"
import { createClocks } from "./clocks.ts"
import { createGateway, type Gateway, type GatewayDeps, type GatewayOptions } from "./gateway.ts"
import { channelLogCommands, createForward, listenInternal } from "./internal-commands.ts"
import type { Logger } from "./logger.ts"
import type { Bus, SharedState } from "./ports.ts"
import { createFetcher, type Fetcher } from "./previews/fetcher.ts"
import { assertRedis } from "./redis-client.ts"
import { createMemoryState } from "./shared-state/memory.ts"
import { createRedisState } from "./shared-state/redis.ts"
import { createRegistration, type RegistrationOptions } from "./shared-state/registration.ts"
import type { SharedStateOptions } from "./shared-state/timing.ts"
import { createTracing, traceCommands } from "./trace/tracing.ts"
import { createTrail } from "./trace/trail.ts"
import { createViewport, type ViewportDeps } from "./viewport.ts"

export interface NodeConfig {
  databaseUrl: string
  databasePool?: number
  redisUrl?: string
  cassandra?: { contactPoints: readonly string[]; keyspace: string; localDataCenter?: string }
  secret: string
  bodyKeys?: readonly BodyKey[] | undefined
  /** Of everything in Redis; a deployment has one. */
  prefix?: string
  nodeId?: string
  internal?: { port?: number; host?: string; address?: string }
  /** Cards of what messages link to. Absent: none. `also`: what the fetcher may reach beside the public internet, for tests. */
  previews?: { also?: readonly string[]; fetcher?: Fetcher } | undefined
  log: Logger
  options?: GatewayOptions
  /** Times and sizes of what nodes share. */
  cluster?: {
    bus?: RedisBusOptions
    sharedState?: SharedStateOptions
    registration?: RegistrationOptions
    viewport?: ViewportDeps["options"]
  }
  /** What tests put in the place of the parts that the configuration would choose. */
  parts?: Partial<
    Pick<GatewayDeps, "store" | "limits" | "bus" | "features"> & { sharedState: SharedState; clock: () => number }
  >
}

/** A gateway node with all that its configuration asks for. Closing it closes what it opened. */
export const openNode = async (config: NodeConfig): Promise<Gateway> => {
  const { databaseUrl, redisUrl, secret, log, prefix = "hearth", parts = {}, options = {}, cluster = {} } = config
  const nodeId = config.nodeId ?? `node-${randomBytes(6).toString("hex")}`
  const warn = (what: string) => (error: Error) => log.warn({ err: error.message }, what)
  const closing: (() => unknown)[] = []
  const clocks = createClocks(parts.clock)

  const db = openDatabase({ url: databaseUrl, max: config.databasePool, onError: warn("an idle connection broke") })
  closing.push(() => db.$client.end())
  await assertMigrated(db)
  if (redisUrl) await assertRedis(redisUrl)

  const own = <T extends { close(): unknown }>(part: T): T => {
    closing.push(() => part.close())
    return part
  }
  const doubts = new Set<string>()
  const doubt = (sentences: readonly string[]) => {
    for (const sentence of sentences) {
      doubts.add(sentence)
      log.warn(sentence)
    }
  }
  const store: MessageStore = parts.store ?? own(openStore(config, db, clocks.now, warn("the message store"), doubt))
  const limits: RateLimits =
    parts.limits ??
    own(
      redisUrl
        ? openRedisRateLimits({ url: redisUrl, prefix, onError: warn("the rate limits") })
        : openMemoryRateLimits({ clock: clocks.steady }),
    )
  const bus: Bus =
    parts.bus ??
    (redisUrl
      ? createRedisBus({ url: redisUrl, prefix, options: cluster.bus, onError: warn("the bus") })
      : createMemoryBus())
  closing.push(() => bus.close())
  const sharedState: SharedState =
    parts.sharedState ??
    own(
      redisUrl
        ? createRedisState({ url: redisUrl, prefix, options: cluster.sharedState, onError: warn("the shared state") })
        : createMemoryState({ options: cluster.sharedState }),
    )

  const trail = createTrail({ clock: clocks.now })
  // Commands that come before the gateway is there find nobody: the asker does them itself.
  let gateway: Gateway | undefined
  const { port, host = "127.0.0.1", address } = config.internal ?? {}
  const internal = await listenInternal({
    secret,
    log,
    port,
    host,
    handlers: {
      ...channelLogCommands({
        appendHere: (channelId, draft) => reach().appendHere(channelId, draft),
        changeHere: (channelId, op) => reach().changeHere(channelId, op),
      }),
      ...traceCommands(trail),
    },
  })
  const reach = () => {
    if (!gateway) throw new Error("the gateway is not there yet")
    return gateway.channelLog
  }
  const { forward, close: closeForward } = createForward({ secret })
  const registration = createRegistration({
    sharedState,
    id: nodeId,
    address: address ?? internal.url,
    log,
    options: cluster.registration,
  })
  // Who asks what became of a message is a person, and can wait: but less long than for an acknowledgement.
  const { forward: ask, close: closeAsk } = createForward({ secret, options: { timeoutMs: 3_000, underWayMs: 3_000 } })
  const owners = createOwners({ selfId: nodeId, nodes: registration.nodes, onNodes: registration.onNodes })

  try {
    gateway = await createGateway(
      {
        nodeId,
        db,
        databaseUrl,
        store,
        bodies: openBodies(config.bodyKeys),
        limits,
        fetcher: config.previews && (config.previews.fetcher ?? createFetcher(config.previews)),
        bus,
        owners,
        forward,
        secret,
        log,
        clocks,
        trail,
        features: [
          createTracing({ trail, registration, forward: ask }),
          createViewport({ sharedState, registration, bus, options: cluster.viewport }),
          ...(parts.features ?? []),
        ],
        onDraining: () => registration.retire(),
        degraded: () => [...doubts],
      },
      options,
    )
    // Only now do others send their appends here.
    await registration.start()
  } catch (error) {
    await internal.close()
    for (const close of closing.reverse()) await close()
    throw error
  }

  const opened = gateway
  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await opened.close()
    await registration.close()
    await internal.close()
    closeForward()
    closeAsk()
    for (const end of closing.reverse()) await end()
  }
  return { ...opened, ready: opened.ready, close: () => (closed ??= close()) }
}

const openStore = (
  config: NodeConfig,
  db: Database,
  clock: () => number,
  onError: (error: Error) => void,
  onDoubts: (doubts: readonly string[]) => void,
): MessageStore => {
  const macKey = deriveKey(config.secret, "body-mac")
  const { bodyKeys, cassandra } = config
  if (!cassandra)
    return openPostgresStore({ url: config.databaseUrl, macKey, bodyKeys, max: config.databasePool, clock, onError })
  return openCassandraStore({
    contactPoints: cassandra.contactPoints,
    keyspace: cassandra.keyspace,
    localDc: cassandra.localDataCenter,
    macKey,
    bodyKeys,
    clock,
    onError,
    onDoubts,
    headHint: async (channelId) => {
      const { rows } = await db.execute<{ head: number }>(
        sql`select last_seq as head from channels where id = ${channelId}::bigint`,
      )
      return rows[0]?.head ?? 0
    },
  })
}
