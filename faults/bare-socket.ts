import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { connect } from "node:net"
import { setTimeout as delay } from "node:timers/promises"

/** A whole text frame as a client sends it, masked with zeros. */
export const textFrame = (payload: Buffer): Buffer => {
  const head = Buffer.alloc(14)
  head[0] = 0x81
  head[1] = 0x80 | 127
  head.writeBigUInt64BE(BigInt(payload.length), 2)
  return Buffer.concat([head, payload])
}

const upgrade = (host: string) => `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
Host: ${host}\r
Connection: Upgrade\r
Upgrade: websocket\r
Sec-WebSocket-Version: 13\r
Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r
\r
`

const PATIENCE_MS = 500

/** Upgrades a connection to a WebSocket and puts these bytes on it, whatever they are. Whether the server then ends it soon. */
export const sendBare = async (url: string, bytes: Buffer): Promise<boolean> => {
  const { host, hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()))
  socket.on("error", () => {})
  socket.write(upgrade(host))
  const upgraded = await Promise.race([once(socket, "data").then(() => true), closed.then(() => false)])
  if (!socket.destroyed) socket.write(bytes)
  const ended = await Promise.race([closed.then(() => upgraded), delay(PATIENCE_MS, false)])
  socket.destroy()
  return ended
}
