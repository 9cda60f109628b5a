import { AppError, type Command, commands, type Snowflake, type WireError } from "@hearth/core"
import { toAppError } from "@hearth/db"
import type { ZodError } from "zod"
import type { Connection, GatewaySocket, Handlers } from "./connection.ts"
import type { Logger } from "./logger.ts"
import type { Metrics } from "./metrics.ts"
import type { Sizes } from "./timings.ts"

export interface CommandDeps {
  handlers: Handlers
  sizes: Sizes
  clock: () => number
  /** Throws what is to be answered while the node may not act: it is not fresh, or it is leaving. */
  gate: (command: Command) => void
  /** Before a command names channels that this node does not know yet. */
  learn: (channelIds: readonly Snowflake[]) => Promise<void>
  /** Who asks and does not read the answers: it is sent away, and nothing more is done for it. */
  tooSlow: (connection: Connection) => boolean
  metrics: Metrics
  log: Logger
}

interface Naming {
  channelId?: Snowflake
  from?: Naming
  channels?: readonly Naming[]
}
const channelsIn = ({ channelId, from, channels = [] }: Naming): Snowflake[] => [
  ...(channelId === undefined ? [] : [channelId]),
  ...(from ? channelsIn(from) : []),
  ...channels.flatMap(channelsIn),
]

const isCommand = (name: unknown): name is Command => typeof name === "string" && Object.hasOwn(commands, name)

/** The first thing that does not fit, as a sentence. Core's schemas bring their own where people type. */
const sentence = (error: ZodError): string => {
  const issue = error.issues[0]
  if (!issue) return "That is not a valid request."
  const where = issue.path.filter((part) => typeof part !== "symbol").join(".")
  return where ? `${issue.message} (${where.slice(0, 80)})` : issue.message
}

/**
 * Everything that happens once around all handlers: the rate of events, parsing by core's table, the gate, the ack. Nothing
 * that a client sends may end the process, and a command that carries an ack always gets one answer.
 */
export const createDispatch = ({ handlers, sizes, clock, gate, learn, tooSlow, metrics, log }: CommandDeps) => {
  /** Token buckets of this node's sockets: when each is full again. */
  const full = new WeakMap<Connection, number>()
  const perEvent = 1000 / sizes.eventsPerSecond

  const overRate = (connection: Connection): number => {
    const now = clock()
    const at = Math.max(now, full.get(connection) ?? 0) + perEvent
    const over = at - now - sizes.eventBurst * perEvent
    if (over <= 0) full.set(connection, at)
    return Math.max(0, Math.ceil(over))
  }

  const failure = (error: unknown, command: string, connection: Connection): WireError => {
    const known = toAppError(error)
    if (known) {
      metrics.refused.inc({ code: known.code })
      if (known.code === "RATE_LIMITED") metrics.rateLimited.inc()
      return known.toWire()
    }
    metrics.dispatchErrors.inc()
    metrics.refused.inc({ code: "INTERNAL" })
    log.error({ err: error, command, userId: connection.userId }, "command failed")
    return { code: "INTERNAL", message: "Something went wrong on our side. Please try again." }
  }

  const requireOpen = ({ ended }: Connection): void => {
    // Also when the session is gone: that is told by an event of its own, and a client must not take a drain for it.
    if (ended)
      throw new AppError("UNAVAILABLE", "This connection has ended. A new one comes by itself.", { retryAfterMs: 0 })
  }

  const execute = async (connection: Connection, name: unknown, body: unknown): Promise<unknown> => {
    requireOpen(connection)
    const over = overRate(connection)
    if (over > 0)
      throw new AppError("RATE_LIMITED", "That was too much at once. Please try again in a moment.", {
        retryAfterMs: over,
      })
    if (!isCommand(name)) throw new AppError("BAD_REQUEST", "There is no such command.")
    const parsed = commands[name].body.safeParse(body)
    if (!parsed.success) throw new AppError("BAD_REQUEST", sentence(parsed.error))
    gate(name)
    const named = channelsIn(parsed.data as Naming)
    if (named.length > 0) {
      await learn(named)
      // That may have taken seconds: in between the session may end, or the node be out of date about who may do what.
      requireOpen(connection)
      gate(name)
    }
    // The table pairs each command's schema with its handler; TypeScript cannot follow the pair through a union.
    const handler = handlers[name] as (body: unknown, connection: Connection) => unknown
    return handler(parsed.data, connection)
  }

  /** Listener for `socket.onAny`: one function for all sockets. */
  return function dispatch(this: GatewaySocket, name: unknown, ...args: unknown[]): void {
    const { connection } = this.data
    if (!connection.ended && tooSlow(connection)) return
    const last = args.at(-1)
    const ack = typeof last === "function" ? (last as (reply: unknown) => void) : undefined
    const body = typeof args[0] === "function" ? undefined : args[0]
    execute(connection, name, body).then(
      (data) => ack?.({ ok: true, data }),
      (error: unknown) => {
        const wire = failure(error, isCommand(name) ? name : "unknown", connection)
        ack?.({ ok: false, error: wire })
      },
    )
  }
}
