import { randomUUID } from "node:crypto"
import type { ClientToServer, Command, ServerToClient, Snowflake } from "@hearth/core"
import { type BodyInput, PROTOCOL_VERSION, type Reply } from "@hearth/core"
import { io, type Socket } from "socket.io-client"
import type { SignedInCaller } from "../fill/caller.ts"
import type { Person } from "../plan/cast.ts"

/** Somebody with a connection of their own, who can do there what people can do. */
export interface Voice {
  person: Person
  readonly here: boolean
  /** Resolves when the gateway has let them in. */
  ready: Promise<void>
  /** Has this channel open from now on, and no other. */
  look(channelId: Snowflake): void
  typing(channelId: Snowflake): void
  /** The number of the message, or null: it did not go out. */
  say(channelId: Snowflake, content: string, replyTo: number | null): Promise<number | null>
  react(channelId: Snowflake, seq: number, emoji: string): void
  be(presence: "online" | "idle" | "dnd"): void
  mark(channelId: Snowflake, seq: number): Promise<void>
  /** What the gateway knows one has read. */
  readonly read: ReadonlySet<Snowflake>
  leave(): void
}

const ANSWER_MS = 5000

/** Connects, takes a new ticket for each attempt, and comes back after every break, as any client does. */
export const joinIn = (url: string, who: SignedInCaller, person: Person): Voice => {
  let pos = "0"
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 30_000,
    randomizationFactor: 1,
    auth: (give) => {
      who.call.gateway.ticket().then(
        ({ ticket }) => give({ ticket, protocol: PROTOCOL_VERSION, pos }),
        () => give({ ticket: "", protocol: PROTOCOL_VERSION, pos }),
      )
    },
  })
  let here = false
  let presence: "online" | "idle" | "dnd" = "online"
  let open: Snowflake | null = null
  const read = new Set<Snowflake>()

  const command = async <C extends Command>(name: C, body: BodyInput<C>): Promise<Reply<C> | null> => {
    if (!here) return null
    try {
      const answer = await (socket.timeout(ANSWER_MS) as unknown as Socket).emitWithAck(name, body)
      return answer.ok ? answer.data : null
    } catch {
      return null
    }
  }
  const be = (next: typeof presence) => {
    presence = next
    void command("presence:set", { presence })
  }
  const openAgain = () => {
    if (open) void command("channel:resume", { channels: [{ channelId: open, span: null, marks: {} }] })
  }
  socket.on("channel:resumed", (_part, ack) => ack())
  const ready = new Promise<void>((resolve) => {
    socket.on("gateway:ready", (event) => {
      here = true
      pos = event.pos
      for (const { channelId } of event.readStates) read.add(channelId)
      if (presence !== "online") be(presence)
      openAgain()
      resolve()
    })
  })
  socket.on("disconnect", () => {
    here = false
  })
  // Refused at the door (a ticket that came late, a node that is full): the library gives up, we do not.
  socket.on("connect_error", () => {
    if (!socket.active) setTimeout(() => socket.connect(), 1000 + Math.random() * 4000)
  })
  socket.on("gateway:resync", ({ delayMs }) => {
    here = false
    setTimeout(() => socket.disconnect().connect(), Math.random() * delayMs)
  })
  socket.onAny((_event, _payload, at: unknown) => {
    if (typeof at === "string") pos = at
  })
  return {
    person,
    get here() {
      return here
    },
    ready,
    read,
    look: (channelId) => {
      if (open === channelId) return
      if (open) void command("channel:close", { channelId: open })
      open = channelId
      openAgain()
    },
    typing: (channelId) => void command("typing:start", { channelId }),
    say: async (channelId, content, replyTo) => {
      const body = { channelId, content, nonce: randomUUID(), ...(replyTo !== null && { replyTo }) }
      return (await command("message:send", body))?.seq ?? null
    },
    react: (channelId, seq, emoji) => void command("message:react", { channelId, seq, emoji, on: true }),
    be,
    mark: async (channelId, seq) => void (await command("read:mark", { channelId, seq })),
    leave: () => void socket.disconnect(),
  }
}
