import { createServer } from "node:http"
import { Server } from "socket.io"

/** What Hearth is measured against: Socket.IO that broadcasts, and nothing else. No sign-in, no store, no numbers. */
const http = createServer()
const io = new Server(http, { transports: ["websocket"], serveClient: false, perMessageDeflate: false })

io.on("connection", (socket) => {
  void socket.join("room")
  socket.on("message:send", (message: unknown, ack: (reply: unknown) => void) => {
    io.to("room").emit("channel:changed", [message])
    ack({ ok: true })
  })
})

http.listen(Number(process.env["PORT"]), "127.0.0.1", () => process.send?.("ready"))
