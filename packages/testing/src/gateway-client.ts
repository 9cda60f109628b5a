import { randomUUID } from "node:crypto"
import {
  type AckReply,
  AppError,
  applyChanges,
  applyPacket,
  type Appended,
  type BodyInput,
  type ChannelView,
  type ClientToServer,
  type Command,
  emptyView,
  type EventName,
  type EventPayload,
  isBehind,
  type Message,
  type Packet,
  PROTOCOL_VERSION,
  type Reply,
  resumeFrom,
  type ServerToClient,
  type Snowflake,
  WireError,
} from "@hearth/core"
import { signTicket } from "@hearth/db"
import { io, type Socket } from "socket.io-client"
import type { TestUser } from "./factories.ts"

export type Heard = { [E in EventName]: { event: E; payload: EventPayload<E>; pos?: string } }[EventName]

export interface ClientOptions {
  url: string
  secret: string
  user: Pick<TestUser, "id" | "sessionId">
  pos?: string
  /** Instead of a fresh one. */
  ticket?: string
  protocol?: number
  /** Nobody is at this device. */
  idle?: boolean
  phone?: boolean
  headers?: Record<string, string>
  transports?: ("websocket" | "polling")[]
  /** How long a gap may last before the client resumes. */
  gapMs?: number
  /** What the client does not get to see: a packet that is lost on the way. */
  lose?: (packet: Packet) => boolean
  /** What it gets, and never says so: a part of a resume. */
  leaveUnanswered?: (part: EventPayload<"channel:resumed">) => boolean
  /** What an earlier connection has left: it goes on from there. */
  views?: Map<Snowflake, ChannelView>
  /** How long a command may take before it counts as not answered. */
  commandMs?: number
}

/** What a real client does, without a browser: it keeps views by core's reducer, resumes on gaps, heads and reconnects. */
export interface TestClient {
  readonly user: Pick<TestUser, "id" | "sessionId">
  readonly socket: Socket<ServerToClient, ClientToServer>
  readonly ready: EventPayload<"gateway:ready">
  /** Everything that was heard, in order. */
  readonly heard: readonly Heard[]
  /** The newest position that was heard. */
  readonly pos: string
  view(channelId: Snowflake): ChannelView
  /** The reply, or an AppError. */
  command<C extends Command>(name: C, body: BodyInput<C>): Promise<Reply<C>>
  /** Whatever is sent, and whatever comes back. */
  raw(name: string, ...body: unknown[]): Promise<AckReply<unknown>>
  open(channelId: Snowflake): Promise<ChannelView>
  send(channelId: Snowflake, content: string, nonce?: string): Promise<Appended>
  /** The next message of a channel that was not asked for yet, in the channel's order. */
  nextMessage(channelId: Snowflake): Promise<Message>
  /** The first such event that was heard, or will be. */
  hears<E extends EventName>(event: E, matching?: (payload: EventPayload<E>) => boolean): Promise<EventPayload<E>>
  /** Resolves with the reason when the connection has ended. */
  ended(): Promise<string>
  close(): void
  [Symbol.dispose](): void
}

export const waitUntil = async <T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> => {
  const end = Date.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** The AppError that the work is refused with. Any other end is a failure of the test. */
export const refusal = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => Promise.reject(new Error("it was allowed")),
    (error: unknown) => {
      if (error instanceof AppError) return error
      throw error
    },
  )

/** Rejects with an AppError when the gateway refuses, as it would tell any client. */
export const connectClient = async (options: ClientOptions): Promise<TestClient> => {
  const { url, secret, user, pos = "0", gapMs = 300, lose = () => false, leaveUnanswered = () => false } = options
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: options.transports ?? ["websocket"],
    reconnection: false,
    forceNew: true,
    extraHeaders: options.headers,
    auth: {
      ticket: options.ticket ?? signTicket(secret, { sessionId: user.sessionId, userId: user.id }),
      protocol: options.protocol ?? PROTOCOL_VERSION,
      pos,
      ...(options.idle && { idle: true }),
      ...(options.phone && { phone: true }),
    },
  })
  const heard: Heard[] = []
  const { views = new Map<Snowflake, ChannelView>(), commandMs = 20_000 } = options
  const shown = new Map<Snowflake, number>()
  const under = new Map<Snowflake, Packet[]>()
  const gaps = new Map<Snowflake, NodeJS.Timeout>()
  let newest = pos
  let endedBecause: string | undefined

  const command = async <C extends Command>(name: C, body: BodyInput<C>): Promise<Reply<C>> => {
    const reply = (await raw(name, body)) as AckReply<Reply<C>>
    if (reply.ok) return reply.data
    const { code, message, retryAfterMs } = reply.error
    throw new AppError(code, message, { retryAfterMs })
  }
  const raw = (name: string, ...body: unknown[]): Promise<AckReply<unknown>> =>
    (socket.timeout(commandMs) as unknown as Socket).emitWithAck(name, ...body)

  const view = (channelId: Snowflake): ChannelView => views.get(channelId) ?? emptyView(channelId)

  const resume = async (channelId: Snowflake): Promise<void> => {
    if (under.has(channelId)) return
    under.set(channelId, [])
    try {
      const { channels } = await command("channel:resume", {
        channels: [{ channelId, ...resumeFrom(view(channelId)) }],
      })
      const [answer] = channels
      if (answer && !answer.ok) throw new AppError((answer.code ?? "INTERNAL") as AppError["code"], "not resumed")
    } finally {
      const packets = under.get(channelId) ?? []
      under.delete(channelId)
      for (const packet of packets) take(packet)
    }
  }

  const take = (packet: Packet): void => {
    const { channelId } = packet
    under.get(channelId)?.push(packet)
    if (!views.has(channelId)) return
    const next = applyPacket(view(channelId), packet)
    views.set(channelId, next)
    if (next.waiting.length > 0) fillLater(channelId)
  }

  const fillLater = (channelId: Snowflake): void => {
    if (gaps.has(channelId)) return
    const timer = setTimeout(() => {
      gaps.delete(channelId)
      if (view(channelId).waiting.length > 0) fill(channelId)
    }, gapMs)
    gaps.set(channelId, timer)
  }
  /** A store that is away now answers later: what is missing stays missing until then. */
  const fill = (channelId: Snowflake): void => {
    if (socket.connected) void resume(channelId).catch(() => socket.connected && fillLater(channelId))
  }

  socket.onAny((event: EventName, payload: unknown, more: unknown) => {
    const at = typeof more === "string" ? more : undefined
    heard.push({ event, payload, pos: at } as Heard)
    if (at) newest = at
  })
  socket.on("channel:changed", (packets) => {
    for (const packet of packets) if (!lose(packet)) take(packet)
  })
  socket.on("channel:resumed", (part, ack) => {
    if (leaveUnanswered(part)) return
    views.set(part.channelId, applyChanges(view(part.channelId), part))
    ack()
  })
  socket.on("channel:heads", ({ heads }) => {
    for (const { channelId, head, marks } of heads)
      if (views.has(channelId) && isBehind(view(channelId), head, marks)) fill(channelId)
  })
  socket.on("disconnect", (reason) => {
    endedBecause = reason
    for (const timer of gaps.values()) clearTimeout(timer)
  })

  const ready = await new Promise<EventPayload<"gateway:ready">>((resolve, reject) => {
    socket.once("gateway:ready", resolve)
    socket.once("disconnect", (reason) => reject(new Error(`disconnected before it was ready: ${reason}`)))
    socket.once("connect_error", (error: Error & { data?: unknown }) => {
      socket.disconnect()
      const wire = WireError.safeParse(error.data)
      reject(wire.success ? new AppError(wire.data.code, wire.data.message, wire.data) : error)
    })
  })
  newest = ready.pos

  const client: TestClient = {
    user,
    socket,
    ready,
    heard,
    get pos() {
      return newest
    },
    view,
    command,
    raw,
    async open(channelId) {
      await resume(channelId)
      if (!shown.has(channelId)) shown.set(channelId, view(channelId).span?.to ?? 0)
      return view(channelId)
    },
    send: (channelId, content, nonce = randomUUID()) => command("message:send", { channelId, content, nonce }),
    async nextMessage(channelId) {
      const wanted = (shown.get(channelId) ?? 0) + 1
      const message = await waitUntil(`message ${wanted}`, () => view(channelId).messages.find((m) => m.seq === wanted))
      shown.set(channelId, wanted)
      return message
    },
    async hears(event, matching = () => true) {
      const found = await waitUntil(event, () =>
        heard.find((h) => h.event === event && matching(h.payload as EventPayload<typeof event>)),
      )
      return found.payload as EventPayload<typeof event>
    },
    ended: () => waitUntil("the end of the connection", () => endedBecause),
    close: () => void socket.disconnect(),
    [Symbol.dispose]: () => void socket.disconnect(),
  }
  return client
}
