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

/** Upgrades a connection to a WebSocket and puts these bytes on it, whatever they are. Ends with it, or a while later. */
export const sendBare = async (url: string, bytes: Buffer): Promise<void> => {
  const { host, hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()))
  socket.on("error", () => {})
  socket.write(upgrade(host))
  await Promise.race([once(socket, "data"), closed])
  if (!socket.destroyed) socket.write(bytes)
  await Promise.race([closed, delay(PATIENCE_MS)])
  socket.destroy()
}
