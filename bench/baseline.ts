import { createServer } from "node:http"
import { Server } from "socket.io"

/** What Hearth is measured against: Socket.IO that broadcasts, and nothing else. No sign-in, no store, no numbers. */
const http = createServer()
const io = new Server(http, { transports: ["websocket"], serveClient: false, perMessageDeflate: false })

type Ack = (reply: unknown) => void
interface Opening {
  channels: { channelId: string }[]
}

io.on("connection", (socket) => {
  void socket.join("1")
  socket.on("channel:resume", ({ channels }: Opening, ack: Ack) => {
    void socket.join(channels.map(({ channelId }) => channelId))
    ack({ ok: true })
  })
  socket.on("message:send", (message: { channelId: string }, ack: Ack) => {
    io.to(message.channelId).emit("channel:changed", [message])
    ack({ ok: true })
  })
  /** How somebody is, to everybody who is connected. */
  socket.on("presence:set", ({ userId, presence }: { userId: string; presence: string }, ack: Ack) => {
    io.to("1").emit("presence:changed", { presences: { [userId]: presence } })
    ack({ ok: true })
  })
})

http.listen(Number(process.env["PORT"]), "127.0.0.1", () => process.send?.("ready"))
