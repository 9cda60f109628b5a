import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"
import { expect, onTestFinished, test, vi } from "vitest"
import { openLink } from "./link.ts"

/** A server that keeps what it hears, and one client on the other end of a link to it. */
const ends = async () => {
  const far: { socket?: Socket; heard: string } = { heard: "" }
  const server = createServer((socket) => {
    far.socket = socket
    socket.on("data", (chunk) => (far.heard += chunk))
    socket.on("error", () => {})
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const link = await openLink({ port: (server.address() as AddressInfo).port })
  const near = connect(link.port, "127.0.0.1")
  const heard = { text: "" }
  near.on("data", (chunk) => (heard.text += chunk))
  near.on("error", () => {})
  await once(near, "connect")
  near.write("a")
  await vi.waitFor(() => expect(far.heard).toBe("a"))
  onTestFinished(async () => {
    near.destroy()
    await link[Symbol.asyncDispose]()
    server.close()
  })
  return { link, near, far, heard }
}

/** Long enough for a byte on loopback to have come, if it comes: proven by one that goes around it. */
const aRound = async () => {
  const other = await ends()
  other.near.write("b")
  await vi.waitFor(() => expect(other.far.heard).toBe("ab"))
}

test("a frozen link keeps everything, and nobody is told; thawed, it brings all of it in order", async () => {
  const { link, near, far, heard } = await ends()
  link.freeze()
  near.write("b")
  near.write("c")
  far.socket?.write("x")
  await aRound()
  expect([far.heard, heard.text, near.destroyed]).toEqual(["a", "", false])
  link.thaw()
  await vi.waitFor(() => expect([far.heard, heard.text]).toEqual(["abc", "x"]))
})

test("what was delayed is not overtaken by what comes after the delay", async () => {
  const { link, near, far } = await ends()
  link.delay(100)
  const began = performance.now()
  near.write("b")
  await aRound()
  link.delay(0)
  near.write("c")
  await vi.waitFor(() => expect(far.heard).toBe("abc"))
  expect(performance.now() - began).toBeGreaterThanOrEqual(99)
})

test("one that does not read still writes", async () => {
  const { link, near, far, heard } = await ends()
  link.stopReading()
  far.socket?.write("x")
  near.write("b")
  await vi.waitFor(() => expect(far.heard).toBe("ab"))
  expect(heard.text).toBe("")
})

test("a cut breaks both ends", async () => {
  const { link, near, far } = await ends()
  link.cut()
  await vi.waitFor(() => expect([near.destroyed, far.socket?.destroyed]).toEqual([true, true]))
})
