import { once } from "node:events"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { expect, onTestFinished, test, vi } from "vitest"
import type { Stage } from "../stage.ts"
import { hostile } from "./hostile.ts"

/** What stands in for a node: it upgrades whoever comes, and ends whoever says more than that once it is told to. */
const nodeThatEnds = async () => {
  const node = { patient: true, more: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => {})
    socket.once("data", () => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n")
      socket.on("data", () => {
        node.more++
        if (!node.patient) socket.destroy()
      })
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { node, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test("hostile frames are seen when a node ends a connection for one, not when they are merely sent", async () => {
  const { node, url } = await nodeThatEnds()
  const api = { mutate: async () => ({ ticket: "none" }) }
  const stage = {
    strangers: [{ options: { account: { api } } }],
    deployment: { nodes: [{ name: "gateway-1", url, program: { ended: () => new Promise(() => {}) } }] },
  } as unknown as Stage
  void hostile.hit?.(stage)
  await vi.waitFor(() => expect(node.more).toBeGreaterThan(0))
  expect(await hostile.seen?.(stage)).toBe(false)
  node.patient = false
  await vi.waitFor(async () => expect(await hostile.seen?.(stage)).toBe(true))
  await hostile.heal?.(stage)
})
