import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { Server } from "socket.io"
import { io as connect, type Socket as Client } from "socket.io-client"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import type { Bus } from "../ports.ts"

export interface BusNode {
  id: string
  io: Server
  bus: Bus
  /** A client in these rooms, and the events that it got, in order. */
  join(...rooms: string[]): Promise<Listener>
  /** What the gateway does: own sockets first, then the others'. */
  ring(room: string, event: string, ...args: unknown[]): void
  close(): Promise<void>
}
export interface Listener {
  got: [event: string, ...args: unknown[]][]
  socket: Client
}

/** A bare Socket.IO server on this bus: the contract needs nothing of the gateway. */
export const openBusNode = async (id: string, bus: Bus): Promise<BusNode> => {
  const http = createServer()
  const io = new Server(http, { transports: ["websocket"] })
  bus.attach(io)
  io.on("connection", async (socket) => {
    await socket.join([`node:${id}`, ...(socket.handshake.auth.rooms as string[])])
    socket.emit("joined")
  })
  http.listen(0, "127.0.0.1")
  await once(http, "listening")
  const { port } = http.address() as AddressInfo
  await bus.start()
  const clients: Client[] = []
  return {
    id,
    io,
    bus,
    async join(...rooms) {
      const got: Listener["got"] = []
      const socket = connect(`http://127.0.0.1:${port}`, { transports: ["websocket"], auth: { rooms }, forceNew: true })
      clients.push(socket)
      await new Promise<void>((done) => socket.once("joined", () => done()))
      socket.onAny((event: string, ...args: unknown[]) => got.push([event, ...args]))
      return { got, socket }
    },
    ring(room, event, ...args) {
      io.local.to(room).emit(event, ...args)
      bus.publish(room, event, args, { volatile: false })
    },
    async close() {
      for (const client of clients) client.disconnect()
      await bus.close()
      await io.close()
    },
  }
}

const soon = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 10_000, interval: 20 })

/** Rings a last bell after which nothing can come any more, and waits until everybody in the room heard it. */
const settle = async (from: BusNode, room: string, listeners: Listener[]) => {
  from.ring(room, "end")
  await soon(() => {
    for (const { got } of listeners) expect(got.at(-1)).toEqual(["end"])
  })
  for (const { got } of listeners) got.pop()
}

/** What a bus promises while all is well. `open` gives all nodes of one deployment: one in memory, several on Redis. */
export const describeBus = (name: string, open: () => Promise<BusNode[]>) => {
  describe(`bus, ${name}`, () => {
    let nodes: BusNode[]
    let first: BusNode
    beforeAll(async () => {
      nodes = await open()
      const [node] = nodes
      if (!node) throw new Error("no nodes")
      first = node
    })
    afterAll(async () => {
      for (const node of nodes) await node.close()
    })

    test("is ready once started", () => {
      for (const node of nodes) expect(node.bus.state()).toBe("ready")
    })

    test("what is rung reaches every socket in the room once, on every node, in order, and nobody else", async () => {
      const inside = await Promise.all(nodes.map((node) => node.join("room", "other")))
      const outside = await Promise.all(nodes.map((node) => node.join("elsewhere")))
      for (const [i, from] of nodes.entries()) {
        const sent = Array.from({ length: 50 }, (_, n) => ["said", { n, from: i }, "pos"])
        for (const [, ...args] of sent) from.ring("room", "said", ...args)
        await settle(from, "room", inside)
        for (const { got } of inside) expect(got.splice(0)).toEqual(sent)
      }
      await Promise.all(nodes.map((node, i) => settle(node, "elsewhere", outside.slice(i, i + 1))))
      for (const { got } of outside) expect(got.filter(([event]) => event !== "end")).toEqual([])
    })

    test("Socket.IO's own emit with except('node:…') leaves that node's sockets out", async () => {
      const listeners = await Promise.all(nodes.map((node) => node.join("room-2")))
      first.io.to("room-2").except(`node:${first.id}`).emit("for-others")
      // Behind it in the same stream.
      first.ring("room-2", "end")
      for (const [i, { got }] of listeners.entries())
        await soon(() => expect(got).toEqual(i === 0 ? [["end"]] : [["for-others"], ["end"]]))
    })

    test("text of any kind passes unchanged", async () => {
      const listeners = await Promise.all(nodes.map((node) => node.join("room-3")))
      const body = { s: 'Zoë 🔥 \u2028 "quoted" \\ {', deep: [[{ a: null }]], n: 0 }
      first.ring("room-3", "said", body)
      for (const { got } of listeners) await soon(() => expect(got).toEqual([["said", body]]))
    })

    test("what a node tells, all others hear and it does not", async () => {
      const heard = nodes.map(() => [] as unknown[])
      const stops = nodes.map((node, i) => node.bus.onTold("topic", (data) => heard[i]?.push(data)))
      for (const [i, node] of nodes.entries()) node.bus.tell("topic", { from: i })
      first.bus.tell("another topic", {})
      await soon(() => {
        for (const [i, those] of heard.entries())
          expect(those).toEqual(nodes.flatMap((_, from) => (from === i ? [] : [{ from }])))
      })
      for (const stop of stops) stop()
    })
  })
}
