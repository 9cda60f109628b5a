import type { Body, Chosen, Command, EventName, EventPayload, Reply, ServerToClient, Snowflake } from "@hearth/core"
import type { OutboxRow } from "@hearth/db"
import type { DefaultEventsMap, Server, Socket } from "socket.io"

export interface SocketData {
  connection: Connection
}
export type GatewayServer = Server<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>
export type GatewaySocket = Socket<DefaultEventsMap, ServerToClient, DefaultEventsMap, SocketData>

/** One socket, and whose it is. */
export interface Connection {
  readonly id: string
  readonly userId: Snowflake
  readonly sessionId: string
  readonly socket: GatewaySocket
  /** It was told to leave, or is gone: nothing more is done for it. */
  ended: boolean
  /** How its user wants to be seen: known before anybody is told that they are here. */
  chosen: { state: Chosen; version: number }
  /** Nobody was at the device when it connected. */
  readonly idle: boolean
  readonly phone: boolean
  /** Because its session ended. */
  revoked?: boolean
}

/** Whoever does something: on a connection, or by what they left to be done. */
export type Author = Pick<Connection, "userId">

export type Handler<C extends Command> = (body: Body<C>, connection: Connection) => Promise<Reply<C>> | Reply<C>
export type Handlers = { [C in Command]: Handler<C> }

/** A part of the gateway with commands of its own. */
export interface Feature {
  handlers: Partial<Handlers>
  /** After `gateway:ready` was sent. */
  opened?(connection: Connection): void
  /** Once for each connection that was opened, whatever ended it. */
  closed?(connection: Connection): void
  /** A user lost a guild or gained one, or their roles in it changed: what they watch may have to end. */
  membershipChanged?(userId: Snowflake, guildId: Snowflake): void
  /** Every outbox row in turn, after permissions and rooms follow it. Does not wait and does not throw. */
  changed?(row: OutboxRow): void
  /** Rows were missed: what is known from them is to be read anew. */
  missed?(): void
  close?(): Promise<void>
}

/** Rings a doorbell: own sockets first, then other nodes'. May arrive late or not at all. */
export type Publish = <E extends EventName>(
  room: string,
  event: E,
  payload: EventPayload<E>,
  /** `except`: of own sockets those in these rooms. */
  options?: { volatile?: boolean; local?: boolean; except?: readonly string[] },
) => void

/** Who is connected to this node. */
export interface Connections {
  readonly size: number
  all(): IterableIterator<Connection>
  ofUser(userId: Snowflake): Iterable<Connection>
  ofSession(sessionId: string): Iterable<Connection>
}
