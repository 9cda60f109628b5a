import { AppError, type Chosen, HandshakeAuth, PROTOCOL_VERSION, type ReadState } from "@hearth/core"
import { type Database, readTicket, type Ticket } from "@hearth/db"
import { type AccessCache, batched } from "@hearth/db/access"
import { sql } from "drizzle-orm"
import type { Connection, GatewaySocket } from "./connection.ts"
import type { ConnectionRegistry } from "./connections.ts"
import type { Logger } from "./logger.ts"
import type { Metrics } from "./metrics.ts"
import type { OutboxReader } from "./outbox-reader.ts"
import { takeChosen } from "./presence/chosen.ts"
import { ownRooms } from "./rooms.ts"
import type { Sizes, Timings } from "./timings.ts"

export interface HandshakeDeps {
  db: Database
  secret: string
  nodeId: string
  access: AccessCache
  outbox: OutboxReader
  connections: ConnectionRegistry
  timings: Timings
  sizes: Sizes
  clock: () => number
  metrics: Metrics
  log: Logger
  /** Throws while newcomers are to go elsewhere or come back later. */
  gate: () => void
  /** Once for each connection that got as far as being registered. */
  onClosed: (connection: Connection) => void
}

/** What the handshake found out, for the moment at which the socket is there. */
export interface Opening {
  pos: string
  /** The outbox has no such position: everything is to be fetched anew. */
  reset: boolean
  readStates: ReadState[]
}

const refused = (message: string) => new AppError("UNAUTHENTICATED", message)

/** What comes with a ticket: one's marks, and how one wants to be seen. */
type Taken = {
  readStates: ReadState[]
  state: Chosen
  version: number
}

/**
 * Takes tickets, each once, and only while its session lives: one statement, so that nothing can come between. A crowd that
 * comes back together is taken in together.
 */
const ticketTaker = (db: Database): ((ticket: Ticket) => Promise<Taken | null>) => {
  const take = batched(async (tickets: Ticket[]): Promise<(Taken | null)[]> => {
    const { rows } = await db.execute<Taken & { n: number }>(sql`
      with asked as materialized (
        select n, jti, sid, uid from rows from (jsonb_to_recordset(${JSON.stringify(
          tickets.map((t) => ({ jti: t.jti, sid: t.sessionId, uid: t.userId })),
        )}::jsonb) as (jti uuid, sid uuid, uid bigint)) with ordinality as t(jti, sid, uid, n)),
      taken as (
        insert into used_tickets (jti)
        select a.jti from asked a join sessions s on s.id = a.sid and s.user_id = a.uid and s.expires_at > now()
          join users u on u.id = s.user_id and u.disabled_at is null
        on conflict do nothing returning jti)
      select a.n::int as n, coalesce(u.state, 'online') as state, coalesce(u.version, 0) as version, coalesce((select json_agg(json_build_object('channelId', r.channel_id::text, 'lastReadSeq', r.last_read_seq))
          from read_states r join channels c on c.id = r.channel_id and c.parent_id is null where r.user_id = a.uid), '[]') as "readStates"
        from asked a join taken using (jti) left join user_status u on u.user_id = a.uid`)
    const answers: (Taken | null)[] = tickets.map(() => null)
    for (const { n, ...taken } of rows) answers[n - 1] = taken
    // One ticket twice in a batch is one row: it opens one socket.
    const seen = new Set<string>()
    return answers.map((answer, i) => {
      const jti = tickets[i]?.jti ?? ""
      if (seen.has(jti)) return null
      seen.add(jti)
      return answer
    })
  })
  return take
}

export const createHandshake = (deps: HandshakeDeps) => {
  const { db, secret, nodeId, access, outbox, connections, timings, clock, metrics, log, gate, onClosed } = deps
  const takeTicket = ticketTaker(db)
  const openings = new WeakMap<Connection, Opening>()
  const byEngine = new WeakMap<object, Connection>()
  const acquired = new WeakSet<Connection>()

  function onEngineClose(this: object): void {
    const connection = byEngine.get(this)
    if (!connection) return
    byEngine.delete(this)
    connection.ended = true
    connections.remove(connection)
    if (acquired.delete(connection)) access.release(connection.userId)
    onClosed(connection)
  }

  const handshake = async (socket: GatewaySocket): Promise<void> => {
    gate()
    // One engine's second CONNECT, sent before the first is answered, would be a connection whose end nobody hears of.
    if (byEngine.has(socket.conn)) throw new AppError("BAD_REQUEST", "This connection is being opened already.")
    const parsed = HandshakeAuth.safeParse(socket.handshake.auth)
    if (!parsed.success) throw refused("That is not how a connection is opened.")
    const { ticket: token, protocol, pos, idle = false, phone = false } = parsed.data
    if (protocol !== PROTOCOL_VERSION)
      throw new AppError("BAD_REQUEST", "This page is older or newer than the server. Please reload it.")
    const ticket = readTicket(secret, token, clock())
    if (!ticket) throw refused("The ticket is not valid any more.")

    const connection: Connection = {
      id: socket.id,
      userId: ticket.userId,
      sessionId: ticket.sessionId,
      socket,
      ended: false,
      chosen: { state: "online", version: 0 },
      idle,
      phone,
    }
    socket.data.connection = connection
    // Before the ticket is taken: a session that ends from here on finds this connection.
    connections.add(connection)
    byEngine.set(socket.conn, connection)
    socket.conn.once("close", onEngineClose)
    await socket.join(ownRooms(connection, nodeId))

    const taken = await takeTicket(ticket)
    if (!taken) throw refused("The ticket was used already, or the session has ended.")
    takeChosen(connection, taken)
    const reached = await outbox.reached(pos, timings.catchUp)
    if (!reached && outbox.cursor === "-1")
      throw new AppError("UNAVAILABLE", "This server is not ready yet.", { retryAfterMs: 1000 })
    await access.acquire(ticket.userId)
    if (connection.ended) {
      access.release(ticket.userId)
      if (connection.revoked) throw refused("The session has ended.")
      throw new AppError("UNAVAILABLE", "This server cannot take you in right now.", { retryAfterMs: 500 })
    }
    acquired.add(connection)
    openings.set(connection, { pos, reset: !reached, readStates: taken.readStates })
  }

  /** Socket.IO's middleware: whatever fails becomes a `connect_error` whose `data` is a WireError. */
  const middleware = (socket: GatewaySocket, next: (error?: Error) => void): void => {
    handshake(socket).then(
      () => {
        metrics.handshakes.inc({ result: "ok" })
        next()
      },
      (error: unknown) => {
        const known =
          error instanceof AppError
            ? error
            : new AppError("UNAVAILABLE", "The connection could not be opened right now.", { retryAfterMs: 1000 })
        if (known !== error) log.warn({ err: error instanceof Error ? error.message : error }, "handshake failed")
        metrics.handshakes.inc({ result: known.code })
        // Only what is this socket's own: another may be under way on the same engine.
        if (socket.conn && socket.data.connection) onEngineClose.call(socket.conn)
        next(Object.assign(new Error(known.message), { data: known.toWire() }))
      },
    )
  }

  return {
    middleware,
    /** What was found out about a connection; once. */
    opening(connection: Connection): Opening | undefined {
      const opening = openings.get(connection)
      openings.delete(connection)
      return opening
    },
  }
}
