import type { GatewayServer, GatewaySocket } from "./connection.ts"
import type { Sizes, Timings } from "./timings.ts"
import { type WaitingConn, waitingBytes } from "./waiting-bytes.ts"

interface BroadcastOptions {
  rooms: Set<string>
  except?: Set<string>
  flags?: { local?: boolean; volatile?: boolean; ephemeral?: boolean }
}
type Serve = (socket: GatewaySocket) => void
/** The part of Socket.IO's adapter that this file takes over. `broadcast` encodes once, then calls `apply`. */
interface Inner {
  rooms: Map<string, Set<string>>
  sids: Map<string, Set<string>>
  broadcast(packet: { type: number; data: unknown[] }, options: BroadcastOptions): unknown
  apply(options: BroadcastOptions, serve: Serve): void
  _encode(packet: { data: unknown[] }, options: { wsPreEncodedFrame?: Buffer[] }): unknown
}
interface EngineConn extends WaitingConn {
  transport: { socket?: { bufferedAmount?: number; terminate?: () => void } }
}

export interface Delivery {
  /** To the sockets of this node in that room, encoded once. Ephemera pass by who reads slowly. */
  emit(
    room: string,
    event: string,
    args: readonly unknown[],
    options?: { ephemeral?: boolean; except?: readonly string[] },
  ): void
  /** Whether an earlier emit to that room is still being worked through. */
  busy(room: string): boolean
  /** Resolves when everything that was emitted to that room has left. */
  drained(room: string): Promise<void>
  /** Drops what waits for a socket. Returns whether anything did. */
  discard(socket: GatewaySocket): boolean
  /** Whether more waits for a socket than may: it does not read. */
  isSlow(socket: GatewaySocket): boolean
  roomSize(room: string): number
}

export interface DeliveryOptions {
  nodeRoom: string
  timings: Timings
  sizes: Sizes
  /** Asked before every frame: a node that may be out of date delivers nothing. */
  mayDeliver: () => boolean
  /** What the sockets of a room are not sent, but ask for. */
  withholds: (room: string, event: unknown) => boolean
  /** A room whose sockets an event passes by, wherever it goes. */
  passesBy: (event: unknown, payload: unknown) => string | undefined
  onSlow: (socket: GatewaySocket) => void
  /** Told of every event that goes to rooms, by this node or by another one. */
  onEvent: (event: unknown, payload: unknown) => void
  /** Told how many sockets of this node an event goes to. */
  onFanOut: (receivers: number, event: unknown, payload: unknown) => void
  /** Told how many sockets an event was written to: by slices where the room is large. */
  onServed: (receivers: number, event: unknown) => void
  onDropped: (count: number) => void
}

const EVENT = 2

const engineOf = (socket: GatewaySocket): EngineConn => socket.conn as unknown as EngineConn

/**
 * How frames reach the sockets of this node. It takes the place of the adapter's loop over a room, so that it also serves what
 * comes over the bus: nothing is delivered while the node may be out of date, large rooms are served in slices that yield to
 * acks and to smaller rooms, and who does not read is bounded.
 */
export const takeOverDelivery = (io: GatewayServer, options: DeliveryOptions): Delivery => {
  const { nodeRoom, timings, sizes, mayDeliver, withholds, passesBy, onSlow, onEvent, onFanOut, onServed, onDropped } =
    options
  const adapter = io.of("/").adapter as unknown as Inner
  const sockets = io.of("/").sockets as Map<string, GatewaySocket>
  const encode = adapter._encode.bind(adapter)
  const apply = adapter.apply.bind(adapter)
  /** What was encoded last: it is served at once, before anything else is. */
  let encoded: readonly unknown[] | null = null
  interface Job {
    event: unknown
    ids: Iterator<string>
    serve: Serve
    ephemeral: boolean
    except: ReadonlySet<string> | undefined
  }
  const jobs = new Map<string, Job[]>()
  const waiters = new Map<string, (() => void)[]>()
  let running = false

  adapter._encode = (packet, packetOptions) => {
    const [event, payload] = packet.data
    onEvent(event, payload)
    const result = encode(packet, packetOptions)
    // Head and body of the WebSocket frame in one piece, once, instead of two writes for every socket.
    const frame = packetOptions.wsPreEncodedFrame
    if (frame && frame.length > 1) packetOptions.wsPreEncodedFrame = [Buffer.concat(frame)]
    encoded = packet.data
    return result
  }

  const socketsIn = (rooms: readonly (string | undefined)[]): ReadonlySet<string> | undefined => {
    const those = rooms.flatMap((room) => (room === undefined ? [] : (adapter.rooms.get(room) ?? [])))
    return those.length < 2 ? those[0] : new Set(those.flatMap((ids) => [...ids]))
  }

  /** Answers to how many sockets it went: to this one, or to none. */
  const serveOne = (id: string, job: Pick<Job, "serve" | "ephemeral" | "except">): number => {
    if (job.except?.has(id)) return 0
    const socket = sockets.get(id)
    if (!socket) return 0
    const conn = engineOf(socket)
    const waiting = conn.writeBuffer.length
    if (waiting > 0) {
      if (job.ephemeral && waitingBytes(conn) > sizes.slowEphemera) {
        onDropped(1)
        return 0
      }
      // Counting is linear in what waits, so it is done now and then: a frame has at most 64 KB and a little.
      if (waiting % 8 === 0 && waitingBytes(conn) > sizes.slowReader) {
        onSlow(socket)
        return 0
      }
    }
    job.serve(socket)
    return 1
  }

  /** One slice of every room under way, in turn: a small job does not wait for the end of a large one. */
  const run = (): void => {
    const end = performance.now() + timings.fanOutSlice
    for (const [room, queue] of jobs) {
      const job = queue[0]
      if (!job) continue
      const fresh = mayDeliver()
      let served = 0
      for (let n = 1; ; n++) {
        const next = job.ids.next()
        if (next.done || !fresh) {
          queue.shift()
          break
        }
        served += serveOne(next.value, job)
        if (n % 32 === 0 && performance.now() > end) break
      }
      onServed(served, job.event)
      // Last in the map: the next slice begins with another room.
      jobs.delete(room)
      if (queue.length > 0) jobs.set(room, queue)
      else finish(room)
      if (performance.now() > end) break
    }
    if (jobs.size > 0) setImmediate(run)
    else running = false
  }

  const finish = (room: string): void => {
    const those = waiters.get(room)
    waiters.delete(room)
    for (const done of those ?? []) done()
  }

  adapter.apply = (target, serve) => {
    if (!encoded) return apply(target, serve)
    const [event, payload] = encoded
    encoded = null
    // Own sockets were served first: what comes back for the others passes them by, without a look at each.
    if (target.except?.has(nodeRoom)) return
    if (!mayDeliver()) return onDropped(1)
    const ephemeral = target.flags?.ephemeral === true
    for (const room of target.rooms) {
      const ids = adapter.rooms.get(room)
      if (!ids || withholds(room, event)) continue
      const except = socketsIn([...(target.except ?? []), passesBy(event, payload)])
      onFanOut(ids.size, event, payload)
      const queue = jobs.get(room)
      const job: Job = { event, ids: ids.values(), serve, ephemeral, except }
      if (queue) {
        queue.push(job)
        continue
      }
      if (ids.size <= sizes.largeRoom) {
        let served = 0
        for (const id of ids) served += serveOne(id, job)
        onServed(served, event)
        continue
      }
      jobs.set(room, [job])
      if (running) continue
      running = true
      setImmediate(run)
    }
  }

  return {
    emit(room, event, args, { ephemeral = false, except = [] } = {}) {
      if (!adapter.rooms.has(room)) return
      adapter.broadcast(
        { type: EVENT, data: [event, ...args] },
        {
          rooms: new Set([room]),
          except: new Set(except),
          flags: { local: true, ephemeral },
        },
      )
    },
    busy: (room) => jobs.has(room),
    drained: (room) =>
      jobs.has(room)
        ? new Promise((resolve) => {
            const those = waiters.get(room)
            if (those) those.push(resolve)
            else waiters.set(room, [resolve])
          })
        : Promise.resolve(),
    discard(socket) {
      const { writeBuffer } = engineOf(socket)
      const any = writeBuffer.length > 0
      writeBuffer.length = 0
      return any
    },
    isSlow: (socket) => waitingBytes(engineOf(socket)) > sizes.slowReader,
    roomSize: (room) => adapter.rooms.get(room)?.size ?? 0,
  }
}

/** Ends a socket that may not be reading: what waits for it is dropped, and a close that nobody answers is cut off. */
export const cutOff = (socket: GatewaySocket, afterMs = 1000): void => {
  socket.disconnect(true)
  const { transport } = engineOf(socket)
  setTimeout(() => transport.socket?.terminate?.(), afterMs).unref()
}
