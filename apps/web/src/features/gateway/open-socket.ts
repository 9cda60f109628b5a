import type { HandshakeAuth } from "@hearth/core"
import { io } from "socket.io-client"
import type { GatewaySocket } from "./gateway-client.ts"

/** By what the device is, and not by its window: a tablet's short side is longer. */
export const isPhone = (): boolean =>
  matchMedia("(pointer: coarse)").matches && Math.min(screen.width, screen.height) < 600

/** One connection of Socket.IO, WebSocket only, which does not reconnect by itself: each try needs a new ticket. */
export const openSocket = (auth: HandshakeAuth): GatewaySocket => {
  const socket = io({
    path: "/socket.io/",
    transports: ["websocket"],
    auth: isPhone() ? { ...auth, phone: true } : auth,
    reconnection: false,
    forceNew: true,
    multiplex: false,
    timeout: 10_000,
  })
  return {
    onAny: (listener) => void socket.onAny(listener),
    on: (event, listener) => void socket.on(event as string, listener),
    emitWithAck: (event, body, timeoutMs) => socket.timeout(timeoutMs).emitWithAck(event, body),
    close: () => {
      socket.offAny()
      socket.close()
    },
  }
}
