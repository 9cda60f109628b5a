import { createServer, type Server as HttpServer } from "node:http"
import type { AddressInfo } from "node:net"
import { AppError, type EventPayload, type Packet, type Pos, type Snowflake, unseenRoom } from "@hearth/core"
import { type Database, outboxHead, sweepOutbox } from "@hearth/db"
import { type AccessCache, createAccessCache } from "@hearth/db/access"
import { type Bodies, type MessageStore, openBodies } from "@hearth/db/message-store"
import type { RateLimits } from "@hearth/db/rate-limits"
import { sql } from "drizzle-orm"
import { Server } from "socket.io"
import { type ChannelLog, createChannelLog } from "./channel-log/channel-log.ts"
import { createChanges } from "./changes.ts"
import { createDispatch } from "./commands.ts"
import { type Clocks, createClocks } from "./clocks.ts"
import type { Connection, Connections, Feature, GatewayServer, GatewaySocket, Handlers, Publish } from "./connection.ts"
import { createConnections } from "./connections.ts"
import { cutOff, takeOverDelivery } from "./delivery.ts"
import { watchFreshness } from "./freshness.ts"
import { channelHandlers } from "./handlers/channels.ts"
import { messageHandlers } from "./handlers/messages.ts"
import { pollHandlers } from "./handlers/polls.ts"
import { previewHandlers } from "./handlers/previews.ts"
import { readStateHandlers } from "./handlers/read-states.ts"
import { createTyping } from "./handlers/typing.ts"
import { createHandshake } from "./handshake.ts"
import { createHeads } from "./heads.ts"
import { healthHandler } from "./health.ts"
import { createViewers, type Rooms } from "./liveliness/viewers.ts"
import { createWhoWrites } from "./liveliness/writers.ts"
import type { Logger } from "./logger.ts"
import { createMentions } from "./mentions/mentions.ts"
import { createMetrics } from "./metrics.ts"
import { isOwnOrigin } from "./origin.ts"
import { createOutboxReader } from "./outbox-reader.ts"
import type { Bus, Forward, Owners } from "./ports.ts"
import type { Fetcher } from "./previews/fetcher.ts"
import { createPreviews } from "./previews/previews.ts"
import { createChosen } from "./presence/chosen.ts"
import { countDirectPackets, createPacketCounts } from "./packet-counts.ts"
import { createPulling } from "./pulling/pulling.ts"
import { createPacketPublisher, createPublish } from "./publish.ts"
import { createReceipts } from "./receipts/receipts.ts"
import { mayHear, nodeRoom, roomsOf } from "./rooms.ts"
import { createScheduled } from "./timers/scheduled.ts"
import { createReminders } from "./timers/reminders.ts"
import { createTimers } from "./timers/timers.ts"
import { createTrail, type Trail } from "./trace/trail.ts"
import { defaultSizes, defaultTimings, type Sizes, type Timings } from "./timings.ts"

export type { Sizes, Timings } from "./timings.ts"

/** What a feature is built from. */
export interface FeatureContext {
  nodeId: string
  db: Database
  access: AccessCache
  connections: Connections
  publish: Publish
  /** Whether the node may deliver: what a feature emits to sockets itself waits for this. */
  fresh: () => boolean
  timings: Timings
  /** Only ever goes on: for how long something lasts. */
  clock: () => number
  /** Unix time by the database's clock. */
  now: () => number
  log: Logger
}

export interface GatewayDeps {
  nodeId: string
  db: Database
  /** For a connection of its own, which listens to the outbox. */
  databaseUrl: string
  store: MessageStore
  /** How what waits to be sent lies in the database; absent: plainly. */
  bodies?: Bodies | undefined
  limits: RateLimits
  bus: Bus
  /** Absent: one node, which appends everything itself. */
  owners?: Owners
  forward?: Forward
  /** The deployment's secret: it signed the tickets. */
  secret: string
  log: Logger
  clocks?: Clocks
  /** Fetches what messages link to. Absent: they have no cards. */
  fetcher?: Fetcher | undefined
  /** What the node remembers of what it did with messages. */
  trail?: Trail
  /** Presence, member lists: what brings commands of its own. */
  features?: readonly ((context: FeatureContext) => Feature)[]
  /** The node begins to leave: the owner hint is withdrawn, before what is under way is waited for. */
  onDraining?: () => Promise<void>
  /** Further reasons to be named in /readyz as degraded. */
  degraded?: () => string[]
}

export interface GatewayOptions {
  /** 0: any free port. */
  port?: number
  host?: string
  timings?: Partial<Timings>
  sizes?: Partial<Sizes>
}

export interface Gateway {
  readonly nodeId: string
  readonly port: number
  readonly url: string
  /** For commands that other nodes pass on. */
  readonly channelLog: ChannelLog
  readonly connections: Connections
  readonly http: HttpServer
  /** Whether traffic should come here: caught up, not leaving, not deaf. */
  ready(): boolean
  /** Not ready any more; waits for what is under way; tells the sockets to go elsewhere. Within `timings.drain`. */
  drain(): Promise<void>
  close(): Promise<void>
}

const nobody: Owners = { ownerOf: () => null, suspect() {}, onChange: () => () => {} }
const noForward: Forward = () => Promise.reject(new Error("this node knows no other"))

const ignore = (): void => {}

/** Builds one gateway node and starts it. Resolves when it takes connections: the outbox is read, the bus has had its try. */
export const createGateway = async (deps: GatewayDeps, options: GatewayOptions = {}): Promise<Gateway> => {
  const {
    nodeId,
    db,
    store,
    limits,
    bus,
    owners = nobody,
    forward = noForward,
    log,
    clocks = createClocks(),
    trail = createTrail({ clock: clocks.now }),
  } = deps
  const { now, steady: clock } = clocks
  const timings: Timings = { ...defaultTimings, ...options.timings }
  const sizes: Sizes = { ...defaultSizes, ...options.sizes }
  const access = createAccessCache(db)
  const connections = createConnections()
  const packetCounts = createPacketCounts()
  let draining = false

  const metrics = createMetrics({
    bus: () => bus.stats?.() ?? { lagMs: 0, dropped: 0, gaps: 0 },
    connections: () => connections.size,
    outboxAgeSeconds: () => Math.min(freshness.ageMs() / 1000, 1e9),
    inFlight: () => channelLog.inFlight,
    pulled: () => pulling.size,
    packets: () => packetCounts.totals,
  })

  // -- the server

  const red = (): string[] => [
    ...(draining ? ["draining"] : []),
    ...(freshness.ok() ? [] : ["outbox"]),
    ...(bus.state() === "deaf" ? ["bus"] : []),
  ]
  let storeAway = false
  const http = createServer(
    healthHandler({
      red,
      degraded: () => [
        ...(storeAway ? ["message store"] : []),
        ...(bus.state() === "away" ? ["redis"] : []),
        ...(deps.degraded?.() ?? []),
      ],
      metrics,
    }),
  )
  const io: GatewayServer = new Server({
    serveClient: false,
    pingInterval: timings.pingInterval,
    pingTimeout: timings.pingTimeout,
    maxHttpBufferSize: 65_536,
    perMessageDeflate: false,
    httpCompression: false,
    connectTimeout: 10_000,
    // The adapter is put under before anything listens; resume is ours, one way, always the same.
    allowRequest: (req, callback) => {
      const own = isOwnOrigin(req.headers)
      callback(own ? null : "foreign origin", own)
    },
  })
  bus.attach(io)
  countDirectPackets(io, packetCounts)

  // -- who may be told what, and how it leaves

  const resync = (
    connection: Connection,
    reason: EventPayload<"gateway:resync">["reason"],
    delayMs = timings.comeBack,
  ): void => {
    connection.socket.emit("gateway:resync", { reason, delayMs })
  }
  const endSession = (connection: Connection): void => {
    connection.ended = true
    connection.revoked = true
    delivery.discard(connection.socket)
    connection.socket.emit("session:ended", {})
    cutOff(connection.socket)
  }
  const sendAway = (connection: Connection, reason: "draining" | "stale" | "slow"): void => {
    if (connection.ended) return
    connection.ended = true
    if (reason !== "draining") delivery.discard(connection.socket)
    resync(connection, reason)
    cutOff(connection.socket)
  }

  const sendSlowAway = (connection: Connection): void => {
    metrics.slow.inc()
    sendAway(connection, "slow")
  }

  const freshness = watchFreshness(timings, clock, clocks.wall, {
    stall: () => {
      log.warn("the event loop stood still: nothing is delivered before a fresh poll")
      outbox.wake()
    },
    stale: () => {
      log.error("the outbox cannot be read: sockets are closed, nothing is delivered")
      for (const connection of [...connections.all()]) sendAway(connection, "stale")
    },
    fresh: (after) => {
      if (after === "stall") {
        for (const connection of connections.all()) resync(connection, "stalled")
        void heads.ask()
      } else log.info({ after }, "the outbox is read, permissions are fresh")
    },
  })

  const delivery = takeOverDelivery(io, {
    nodeRoom: nodeRoom(nodeId),
    timings,
    sizes,
    mayDeliver: () => freshness.ok(),
    onSlow: (socket) => {
      const { connection } = socket.data
      if (connection) sendSlowAway(connection)
    },
    withholds: (room, event) => pulling.withholds(room, event),
    passesBy: (event, payload) =>
      event === "typing:started" ? unseenRoom((payload as EventPayload<"typing:started">).userId) : undefined,
    onEvent: (event, payload) => {
      heads.heard(event, payload)
      pulling.heard(event, payload)
    },
    onFanOut: (receivers, event, payload) => {
      metrics.fanOut.observe(receivers)
      if (event === "channel:changed") trail.delivered(payload as EventPayload<"channel:changed">, receivers)
    },
    onServed: (receivers, event) => packetCounts.add(event, receivers),
    onDropped: (count) => metrics.dropped.inc(count),
  })
  const publish = createPublish(delivery, bus)
  const packets = createPacketPublisher(publish, delivery, trail.published)

  const fresh = () => freshness.ok()
  const writers = createWhoWrites({ access, connections, bus, fresh, sizes, clock })
  const rooms = io.of("/").adapter as unknown as Rooms
  const socketOf = (id: string) => io.of("/").sockets.get(id) as GatewaySocket | undefined
  const pulling = createPulling({ rooms, socketOf, publish, known: (id) => heads.known(id), sizes, timings, clock })
  const viewers = createViewers({
    rooms,
    socketOf,
    bus,
    publish,
    fresh,
    onCount: pulling.counted,
    access,
    timings,
    clock,
  })
  const heads = createHeads({
    db,
    store,
    access,
    delivery,
    publish,
    bus,
    writers,
    isPulled: pulling.has,
    timings,
    clock,
    log,
    rooms: () => io.of("/").adapter.rooms.keys(),
  })
  const previews =
    deps.fetcher &&
    createPreviews({
      db,
      store,
      bodies: deps.bodies ?? openBodies(),
      limits,
      secret: deps.secret,
      fetcher: deps.fetcher,
      show: (channelId, seq, cards) => channelLog.change(channelId, { kind: "preview", seq, previews: cards }),
      guildOf: access.guildOf,
      timings,
      now,
      log,
    })
  const mentions = createMentions({
    db,
    store,
    access,
    publish,
    heads,
    fresh,
    timings,
    now,
    log,
    tellThread: async ({ channelId, seq }, thread) => {
      await channelLog.change(channelId, { kind: "thread", seq, thread })
    },
    onLinks: previews?.wake,
  })
  /** Who tells of a message names its author. */
  const whoWrote = ({ channelId, items }: Packet): void => {
    if (heads.tells(channelId)) for (const { authorId } of items) writers.wrote(channelId, authorId)
  }
  const channelLog = createChannelLog({
    store,
    sizes,
    metrics,
    owners,
    forward,
    onPacket: (packet, how) => {
      trail.stored(packet, how)
      heads.moved(packet, how.kind === "append")
      if (how.kind === "append") whoWrote(packet)
      mentions.moved(packet)
      packets.publish(packet)
    },
    onUnknown: (channelId) => void heads.ask([channelId]),
    tells: heads.tells,
    leaving: packets.leaving,
    gatherMs: timings.gather,
  })

  const context: FeatureContext = {
    nodeId,
    db,
    access,
    connections,
    publish,
    fresh,
    timings,
    clock,
    now,
    log,
  }
  const typing = createTyping({ access, publish, timings, clock })
  const messages = messageHandlers({
    db,
    access,
    limits,
    channelLog,
    store,
    heads,
    metrics,
    sizes,
    publish,
    log,
    onSent: (channelId, userId) => {
      typing.sent(channelId, userId)
      // What is lively is a channel: a thread has no row that could glow.
      if (!access.threadAt(channelId)) writers.wrote(channelId, userId)
    },
    onAccepted: trail.accepted,
  })
  const receipts = createReceipts({ db, access, connections, delivery, bus, heads, timings, clock, log })
  const scheduled = createScheduled({
    db,
    access,
    store,
    bodies: deps.bodies ?? openBodies(),
    send: messages.sendUnseen,
    gate: () => gate(),
    upToDate: async () => outbox.reached(await outboxHead(db), timings.catchUp),
    keepMs: 3 * timings.activity,
    clock: now,
    log,
  })
  const timers = createTimers({ jobs: [createReminders({ db, clock: now, log }), scheduled], every: timings.timers })
  const features: Feature[] = [
    createChosen({ connections, onChanged: viewers.lookAgain }),
    writers,
    mentions,
    receipts,
    timers,
    { handlers: {}, changed: viewers.changed },
    ...(previews ? [previews] : []),
    ...(deps.features ?? []).map((make) => make(context)),
  ]

  const outbox = createOutboxReader({
    url: deps.databaseUrl,
    timings,
    clocks,
    log,
    onRow: (row) => {
      metrics.outboxRows.inc()
      return applyChange(row)
    },
    onCaughtUp: (sentAt) => freshness.confirmed(sentAt),
    onMissed: async () => {
      await access.reload()
      for (const feature of features) feature.missed?.()
      for (const connection of [...connections.all()]) sendAway(connection, "stale")
    },
  })
  const applyChange = createChanges({ nodeId, access, connections, delivery, features, timings, endSession, resync })

  // -- commands

  const unavailable = () =>
    new AppError("UNAVAILABLE", "This server cannot do that right now. Please try again in a moment.", {
      retryAfterMs: 1000,
    })
  const requireFresh = (): void => {
    if (!freshness.ok()) throw unavailable()
  }
  const gate = (): void => {
    if (draining) throw unavailable()
    requireFresh()
  }
  /** Threads are known once somebody names them. */
  const learn = async (channelIds: readonly Snowflake[]): Promise<void> => {
    try {
      await access.learn(channelIds)
    } catch {
      throw unavailable()
    }
  }
  const unknown: Handlers["members:watch"] = () => {
    throw new AppError("BAD_REQUEST", "This server does not offer that.")
  }
  const handlers: Handlers = {
    ...({
      "members:watch": unknown,
      "presence:watch": unknown,
      "presence:set": unknown,
      "message:trace": unknown,
    } as unknown as Handlers),
    ...messages.handlers,
    ...previewHandlers({ access, channelLog }),
    ...pollHandlers({ access, channelLog, send: messages.sendUnseen }),
    ...channelHandlers({
      access,
      store,
      heads,
      pulling,
      metrics,
      timings,
      sizes,
      log,
      isSlow: delivery.isSlow,
      requireFresh,
      onConfirmed: trail.confirmed,
    }),
    ...readStateHandlers({
      db,
      access,
      store,
      heads,
      publish,
      unreadOf: mentions.unreadOf,
      onRead: receipts.read,
      now,
    }),
    ...typing.handlers,
    ...Object.assign({}, ...features.map((feature) => feature.handlers)),
  }
  const tooSlow = (connection: Connection): boolean => {
    const slow = delivery.isSlow(connection.socket)
    if (slow) sendSlowAway(connection)
    return slow
  }
  const dispatch = createDispatch({ handlers, sizes, clock, gate, learn, tooSlow, metrics, log })

  // -- connections

  const opened = new WeakSet<Connection>()
  const handshake = createHandshake({
    db,
    secret: deps.secret,
    nodeId,
    access,
    outbox,
    connections,
    timings,
    sizes,
    clock: now,
    metrics,
    log,
    gate: () => {
      gate()
      if (connections.size >= sizes.maxConnections) throw unavailable()
    },
    onClosed: (connection) => {
      if (opened.delete(connection)) for (const feature of features) feature.closed?.(connection)
    },
  })
  io.use(handshake.middleware as Parameters<typeof io.use>[0])

  /** Without a pause from the rooms to `gateway:ready`: what happens from here on reaches the socket through its rooms. */
  const open = (
    connection: Connection,
    missed: readonly { kind: string; audience: string; payload: unknown; pos: Pos }[] | null,
    reset: boolean,
  ): void => {
    const { socket, userId } = connection
    const opening = openingOf.get(connection)
    void socket.join([...roomsOf(access, userId)])
    const emit = socket.emit.bind(socket) as (event: string, payload: unknown, pos: Pos) => void
    for (const row of missed ?? []) if (mayHear(access, connection, row)) emit(row.kind, row.payload, row.pos)
    const visible = access.visibleChannels(userId)
    const conversationIds = visible.filter((id) => access.guildOf(id) === id)
    const channelIds = conversationIds.length > 0 ? visible.filter((id) => access.guildOf(id) !== id) : visible
    const known: Record<string, number> = {}
    for (const channelId of visible) known[channelId] = heads.known(channelId)
    const lately = writers.of(visible)
    socket.emit("gateway:ready", {
      pos: outbox.cursor,
      connectionId: socket.id,
      reset: reset || missed === null,
      channelIds,
      ...(conversationIds.length > 0 && { conversationIds }),
      heads: known,
      readStates: (opening?.readStates ?? []).filter((r) => access.can(userId, "VIEW_CHANNEL", r.channelId)),
      ...(lately && { writers: lately }),
    })
    socket.onAny(dispatch as (...args: unknown[]) => void)
    opened.add(connection)
    for (const feature of features) feature.opened?.(connection)
  }
  const openingOf = new WeakMap<Connection, NonNullable<ReturnType<typeof handshake.opening>>>()

  io.on("connection", (socket: GatewaySocket) => {
    const { connection } = socket.data
    // A client may name an event "error": without a listener that would end the process.
    socket.on("error", ignore)
    const opening = handshake.opening(connection)
    // Its session ended, or the node began to leave, between the ticket and here.
    if (connection.revoked) return endSession(connection)
    if (!opening || connection.ended) {
      resync(connection, "moved")
      return cutOff(socket)
    }
    if (draining || !freshness.ok()) return sendAway(connection, draining ? "draining" : "stale")
    openingOf.set(connection, opening)
    // The upgrade request is needed no more, and is most of what a quiet connection would hold.
    ;(socket.conn as unknown as { request: unknown }).request = null
    if (opening.reset) return open(connection, null, true)
    const recent = outbox.recent(opening.pos)
    if (recent) return open(connection, recent, false)
    // Longer ago than memory goes: read up to here, then take what came meanwhile from memory.
    const upTo = outbox.cursor
    outbox.since(db, opening.pos).then(
      (rows) => {
        if (connection.ended) return
        const older = rows?.filter((row) => BigInt(row.pos) <= BigInt(upTo))
        const newer = outbox.recent(upTo)
        open(connection, older && newer ? [...older, ...newer] : null, false)
      },
      (error: unknown) => {
        log.warn({ err: error instanceof Error ? error.message : error }, "missed changes could not be read")
        sendAway(connection, "stale")
      },
    )
  })

  // -- chores

  const sweep = async (): Promise<void> => {
    try {
      await sweepOutbox(db)
      await db.execute(sql`delete from used_tickets where used_at < now() - interval '10 minutes'`)
    } catch (error) {
      log.warn({ err: error instanceof Error ? error.message : error }, "sweeping failed")
    }
  }
  /** The outbox tells of sessions that are ended; that one ran out, nobody tells. */
  const endExpired = async (): Promise<void> => {
    const open = new Set<string>()
    for (const { sessionId } of connections.all()) open.add(sessionId)
    if (open.size === 0) return
    try {
      const { rows } = await db.execute<{ id: string }>(sql`
        select o.id::text as id from unnest(${`{${[...open].join()}}`}::uuid[]) as o(id)
        where not exists (select from sessions s where s.id = o.id and s.expires_at > now())`)
      for (const { id } of rows) for (const connection of [...connections.ofSession(id)]) endSession(connection)
    } catch (error) {
      log.warn({ err: error instanceof Error ? error.message : error }, "sessions could not be looked at")
    }
  }
  const look = async (): Promise<void> => {
    try {
      await store.ping()
      storeAway = false
    } catch {
      storeAway = true
    }
  }
  const chores = [
    setInterval(() => void sweep(), timings.sweep * (0.8 + 0.4 * Math.random())),
    setInterval(() => void endExpired(), timings.sessions),
    setInterval(() => void look(), Math.min(5_000, timings.heads)),
  ]
  for (const timer of chores) timer.unref()

  let asking: NodeJS.Timeout | undefined
  const askSoon = (): void => {
    // Every node hears of it at once: they need not all ask at once.
    asking ??= setTimeout(() => {
      asking = undefined
      void heads.ask()
    }, Math.random() * Math.min(1000, timings.heads))
  }
  const stopOwners = owners.onChange(askSoon)
  const stopGaps = bus.onGap(() => {
    askSoon()
    for (const connection of connections.all()) resync(connection, "stalled")
  })

  // -- start: PostgreSQL and the outbox, then the bus, then the store, which may both be away

  await outbox.start()
  await bus.start()
  writers.ask()
  await look()
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject)
    http.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve)
  })
  io.attach(http)
  const { port } = http.address() as AddressInfo
  log.info({ nodeId, port }, "gateway is ready")

  let drained: Promise<void> | undefined
  const drain = async (): Promise<void> => {
    draining = true
    const end = clock() + timings.drain
    const within = <T>(work: Promise<T>): Promise<unknown> =>
      Promise.race([work, new Promise((resolve) => setTimeout(resolve, Math.max(0, end - clock())).unref())])
    await within(deps.onDraining?.() ?? Promise.resolve())
    await within(channelLog.idle())
    // What was stored last is still to be told.
    await new Promise((resolve) => setImmediate(resolve))
    for (const connection of [...connections.all()]) sendAway(connection, "draining")
    await within(heads.flush())
    await within(
      new Promise<void>((resolve) => {
        const wait = (): void => {
          if (connections.size === 0) resolve()
          else setTimeout(wait, 20)
        }
        wait()
      }),
    )
  }

  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await (drained ??= drain())
    for (const timer of chores) clearInterval(timer)
    clearTimeout(asking)
    stopOwners()
    stopGaps()
    freshness.close()
    await outbox.close()
    viewers.close()
    pulling.close()
    for (const feature of features) await feature.close?.()
    await heads.close()
    await io.close()
    http.closeAllConnections()
  }

  return {
    nodeId,
    port,
    url: `http://${options.host ?? "127.0.0.1"}:${port}`,
    channelLog,
    connections,
    http,
    ready: () => red().length === 0,
    drain: () => (drained ??= drain()),
    close: () => (closed ??= close()),
  }
}
