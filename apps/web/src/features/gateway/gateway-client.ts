import {
  AppError,
  applyEvent,
  type Bootstrap,
  type BodyInput,
  type Command,
  comparePos,
  type EventName,
  type EventPayload,
  type HandshakeAuth,
  type Pos,
  isEventName,
  PROTOCOL_VERSION,
  readWireError,
  type Reply,
  type Snowflake,
} from "@hearth/core"
import { backoff } from "./backoff.ts"
import { createSignal } from "./emitter.ts"
import { withTitles } from "./titles.ts"

/** As much of a Socket.IO client as is used: one connection, which is never reopened. */
export interface GatewaySocket {
  onAny(listener: (event: string, ...args: unknown[]) => void): void
  on(event: "connect" | "connect_error" | "disconnect", listener: (reason?: unknown) => void): void
  /** Answers with what the ack carried; rejects when none came in time. */
  emitWithAck(event: string, body: unknown, timeoutMs: number): Promise<unknown>
  close(): void
}

export interface GatewayDeps {
  /** A fresh ticket: it is good for one handshake within 30 s. Throws AppError. */
  ticket(): Promise<{ ticket: string; userId: Snowflake }>
  bootstrap(): Promise<Bootstrap>
  openSocket(auth: HandshakeAuth): GatewaySocket
  /** The session is over: there is nothing left to show. */
  onSignedOut(): void
  random?: () => number
  now?: () => number
}

export interface Connection {
  status: "connecting" | "online" | "offline"
  /** Unix ms since when the status holds; while offline, since when there was no connection. */
  since: number
  /** Unix ms of the next try, while one is planned. */
  retryAt: number | null
}

const READY_MS = 15_000
const COMMAND_MS = 5_000

interface Heard {
  event: EventName
  payload: EventPayload<EventName>
  pos?: Pos | undefined
}
const replay = (heard: readonly Heard[], state: Bootstrap): Bootstrap =>
  heard.reduce((s, { event, payload, pos }) => applyEvent(s, event, payload, pos), state)

type Handler<E extends EventName> = (payload: EventPayload<E>, pos?: Pos) => void

/**
 * One socket, and the snapshot that its events keep true. Each try to connect takes a new ticket and says from which
 * position of the outbox to go on, so the reconnect loop is here and not Socket.IO's.
 */
export const createGatewayClient = (deps: GatewayDeps) => {
  const random = deps.random ?? Math.random
  const now = deps.now ?? Date.now
  const changed = createSignal()
  const handlers = new Map<EventName, Set<Handler<EventName>>>()
  const onlineListeners = new Set<() => void>()

  /** Whether nobody touches this device, and what the gateway was told of it. A page that nobody looks at has not been touched. */
  const idle = { now: typeof document !== "undefined" && document.hidden, told: false }
  let connection: Connection = { status: "connecting", since: now(), retryAt: null }
  let snapshot: Bootstrap | null = null
  let bootError: AppError | null = null
  let socket: GatewaySocket | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let attempt = 0
  let running = false
  /** Raised whenever a try is given up: what an older one still answers is not heard. */
  let generation = 0
  /** Events that came while a new snapshot was fetched on a living connection. */
  let held: Heard[] | null = null
  /** What was heard of mentions since `gateway:ready`: what was read for it may be older. Null once that is here. */
  let mentioned: Heard[] | null = null

  const setConnection = (next: Partial<Connection>) => {
    connection = { ...connection, ...next }
    changed.notify()
  }

  const setSnapshot = (next: Bootstrap) => {
    if (next === snapshot) return
    snapshot = withTitles(next)
    changed.notify()
  }

  const tell = <E extends EventName>(event: E, payload: EventPayload<E>, pos?: Pos) => {
    for (const handler of [...(handlers.get(event) ?? [])]) {
      try {
        handler(payload, pos)
      } catch (error) {
        // A feature's failure must not stop the others from hearing of the event.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  const signedOut = () => {
    stop()
    deps.onSignedOut()
  }

  const toError = (error: unknown): AppError =>
    error instanceof AppError
      ? error
      : new AppError("UNAVAILABLE", "There is no connection right now. Please try again in a moment.", { cause: error })

  const drop = () => {
    generation++
    clearTimeout(timer)
    timer = undefined
    held = null
    socket?.close()
    socket = null
  }

  const retryLater = (atLeastMs: number, upToMs?: number) => {
    drop()
    if (!running) return
    const wait = upToMs === undefined ? Math.max(atLeastMs, backoff(attempt, { random })) : random() * upToMs
    attempt++
    const status = "offline"
    setConnection({
      status,
      since: connection.status === "offline" ? connection.since : now(),
      retryAt: now() + wait,
    })
    timer = setTimeout(() => void connect(), wait)
  }

  const fail = (error: unknown) => {
    const failure = toError(error)
    if (failure.code === "UNAUTHENTICATED") return signedOut()
    if (!snapshot) bootError = failure
    retryLater(failure.retryAfterMs ?? 0)
  }

  /** A new snapshot while events go on: what it already holds is skipped by position. */
  const refetch = async (mine: number) => {
    held ??= []
    try {
      const fresh = await deps.bootstrap()
      if (mine !== generation) return
      if (fresh.me.id !== snapshot?.me.id) return signedOut()
      const events = held ?? []
      held = null
      setSnapshot(replay(events, fresh))
    } catch (error) {
      if (mine === generation) fail(error)
    }
  }

  const isMissingAny = (state: Bootstrap, channelIds: readonly Snowflake[]) => {
    const known = new Set(state.guilds.flatMap((g) => g.channels.map((c) => c.id)))
    return channelIds.some((id) => !known.has(id))
  }

  const receive = (mine: number, name: string, args: unknown[]) => {
    if (mine !== generation || !isEventName(name) || !snapshot) return
    const last = args.at(-1)
    const acknowledge = typeof last === "function" ? (last as () => void) : null
    const payload = args[0] as EventPayload<EventName>
    const pos = typeof args[1] === "string" ? args[1] : undefined
    if (name === "session:ended") return signedOut()
    if (name === "gateway:resync") {
      const { delayMs } = payload as EventPayload<"gateway:resync">
      attempt = 0
      return retryLater(0, delayMs)
    }
    if (pos !== undefined && comparePos(pos, snapshot.pos) <= 0) return acknowledge?.()
    held?.push({ event: name, payload, pos })
    setSnapshot(applyEvent(snapshot, name, payload, pos))
    if (name === "gateway:ready") mentioned = []
    else if (name === "mention:unread" && mentioned) {
      held?.push(...mentioned)
      setSnapshot(replay(mentioned, snapshot))
      mentioned = null
    } else if (name.startsWith("mention:")) mentioned?.push({ event: name, payload })
    tell(name, payload, pos)
    acknowledge?.()
    if (name === "gateway:ready") {
      const ready = payload as EventPayload<"gateway:ready">
      attempt = 0
      clearTimeout(timer)
      setConnection({ status: "online", since: now(), retryAt: null })
      for (const listener of [...onlineListeners]) listener()
      // A server that was deleted meanwhile has no members who could be told: to us it is one without channels.
      const mayBeGone = snapshot.guilds.some((g) => g.channels.length === 0)
      if (ready.reset || mayBeGone || isMissingAny(snapshot, ready.channelIds)) void refetch(mine)
    }
  }

  const connect = async () => {
    drop()
    const mine = generation
    setConnection({ retryAt: null })
    try {
      // Both at once: neither needs the other.
      const asked = deps.ticket()
      asked.catch(() => {
        // Told below, unless the snapshot failed before it.
      })
      if (!snapshot) {
        const fresh = await deps.bootstrap()
        if (mine !== generation) return
        bootError = null
        setSnapshot(fresh)
      }
      const { ticket, userId } = await asked
      if (mine !== generation || !snapshot) return
      // Another tab signed in as somebody else: what this one holds, and what waits to be sent, is not theirs.
      if (userId !== snapshot.me.id) return signedOut()
      idle.told = idle.now
      const auth = { ticket, protocol: PROTOCOL_VERSION, pos: snapshot.pos }
      const opened = deps.openSocket(idle.now ? { ...auth, idle: true } : auth)
      socket = opened
      timer = setTimeout(() => retryLater(0), READY_MS)
      opened.onAny((name, ...args) => receive(mine, name, args))
      opened.on("connect_error", (reason) => {
        if (mine !== generation) return
        const data = (reason as { data?: unknown } | undefined)?.data
        // A ticket that is not taken says nothing about the session: asking for the next one does.
        retryLater(readWireError(data)?.retryAfterMs ?? 0)
      })
      opened.on("disconnect", () => {
        if (mine === generation) retryLater(0)
      })
    } catch (error) {
      if (mine === generation) fail(error)
    }
  }

  const retryNow = () => {
    if (!running || connection.status === "online" || connection.retryAt === null) return
    attempt = 0
    void connect()
  }

  const onVisible = () => {
    if (document.visibilityState === "visible") retryNow()
  }

  /** The browser knows before a heartbeat is missed. Where it is wrong, the next try says so. */
  const onNetworkGone = () => {
    if (running && connection.status === "online") retryLater(0)
  }

  const start = () => {
    if (running) return
    running = true
    attempt = 0
    if (typeof window !== "undefined") {
      window.addEventListener("online", retryNow)
      window.addEventListener("offline", onNetworkGone)
      document.addEventListener("visibilitychange", onVisible)
    }
    void connect()
  }

  const stop = () => {
    running = false
    drop()
    if (typeof window !== "undefined") {
      window.removeEventListener("online", retryNow)
      window.removeEventListener("offline", onNetworkGone)
      document.removeEventListener("visibilitychange", onVisible)
    }
  }

  /** Sends a command and answers with its reply. Throws AppError: the gateway's own, or UNAVAILABLE when nothing came in time. */
  const request = async <C extends Command>(
    command: C,
    body: BodyInput<C>,
    { timeoutMs = COMMAND_MS }: { timeoutMs?: number } = {},
  ): Promise<Reply<C>> => {
    if (!socket || connection.status !== "online")
      throw new AppError("UNAVAILABLE", "There is no connection right now. Please try again in a moment.")
    let reply: unknown
    try {
      reply = await socket.emitWithAck(command, body, timeoutMs)
    } catch (error) {
      throw new AppError("UNAVAILABLE", "The server did not answer in time. Please try again in a moment.", {
        cause: error,
      })
    }
    const answer = reply as { ok?: unknown; data?: unknown; error?: unknown } | null
    if (answer?.ok === true) return answer.data as Reply<C>
    const wire = readWireError(answer?.error)
    if (!wire) throw new AppError("INTERNAL", "Something went wrong. Please try again.")
    const { code, message, retryAfterMs } = wire
    throw new AppError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs })
  }

  const on = <E extends EventName>(event: E, handler: Handler<E>) => {
    const set = handlers.get(event) ?? new Set()
    handlers.set(event, set)
    // The map holds handlers of all events; each set only its own event's.
    const held = handler as unknown as Handler<EventName>
    set.add(held)
    return () => {
      set.delete(held)
    }
  }

  /** Called at each `gateway:ready`, the first and those after a reconnect. */
  const onOnline = (listener: () => void) => {
    onlineListeners.add(listener)
    if (connection.status === "online") listener()
    return () => {
      onlineListeners.delete(listener)
    }
  }

  return {
    start,
    stop,
    request,
    on,
    onOnline,
    retryNow,
    idle,
    /** Applies what this client itself knows to have happened, e.g. its own read mark. */
    apply: <E extends EventName>(event: E, payload: EventPayload<E>) => {
      if (snapshot) setSnapshot(applyEvent(snapshot, event, payload))
    },
    connection: () => connection,
    snapshot: () => snapshot,
    bootError: () => bootError,
    subscribe: changed.subscribe,
  }
}

export type GatewayClient = ReturnType<typeof createGatewayClient>
