import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"
import { setTimeout as later } from "node:timers"

/** A line between two programs, which a test may cut, slow down or stop. */
export interface Link extends AsyncDisposable {
  port: number
  /** Nothing goes through either way, and nobody is told: bytes wait where they are. New connections stay silent, too. */
  freeze(): void
  thaw(): void
  /** From now on every byte takes this long, each way. */
  delay(ms: number): void
  /** What comes from the server is not fetched any more. */
  stopReading(): void
  /** Breaks all connections at once, with a reset. */
  cut(): void
}

export const openLink = async (
  target: { host?: string; port: number },
  at: { host: string; port: number } = { host: "127.0.0.1", port: 0 },
): Promise<Link> => {
  const pairs = new Set<{ near: Socket; far: Socket }>()
  let frozen = false
  let deaf = false
  let delayMs = 0

  const settle = ({ near, far }: { near: Socket; far: Socket }) => {
    if (frozen) near.pause()
    else near.resume()
    if (frozen || deaf) far.pause()
    else far.resume()
  }
  const carry = (from: Socket, to: Socket) => {
    const queue: { due: number; act: () => void }[] = []
    let full = false
    const pump = () => {
      for (let next = queue[0]; next && next.due <= performance.now(); next = queue[0]) {
        queue.shift()
        next.act()
      }
      const wait = queue[0] && queue[0].due - performance.now()
      if (wait !== undefined) later(pump, Math.max(1, wait))
    }
    /** In the order of their coming, whatever the delay was for each. */
    const pass = (act: () => void) => {
      if (delayMs === 0 && queue.length === 0) return act()
      queue.push({ due: performance.now() + delayMs, act })
      if (queue.length === 1) later(pump, delayMs)
    }
    const write = (chunk: Buffer) => {
      // Who does not take it is not sent more: that is how a slow reader is felt.
      if (to.destroyed || to.write(chunk) || full) return
      full = true
      from.pause()
      to.once("drain", () => {
        full = false
        settle(of(from))
      })
    }
    from.on("data", (chunk: Buffer) => pass(() => write(chunk)))
    from.on("end", () => pass(() => to.end()))
    from.on("close", () => pass(() => to.destroy()))
    from.on("error", () => {})
  }
  const ofSocket = new WeakMap<Socket, { near: Socket; far: Socket }>()
  const of = (socket: Socket) => {
    const pair = ofSocket.get(socket)
    if (!pair) throw new Error("a socket without its pair")
    return pair
  }

  const server = createServer((near) => {
    const pair = { near, far: connect({ host: target.host ?? "127.0.0.1", port: target.port, noDelay: true }) }
    near.setNoDelay(true)
    pairs.add(pair)
    ofSocket.set(near, pair)
    ofSocket.set(pair.far, pair)
    carry(near, pair.far)
    carry(pair.far, near)
    settle(pair)
    near.on("close", () => pairs.delete(pair))
  })
  server.listen(at.port, at.host)
  await once(server, "listening")

  const settleAll = () => {
    for (const pair of pairs) settle(pair)
  }
  const cut = () => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => {
      frozen = true
      settleAll()
    },
    thaw: () => {
      frozen = false
      settleAll()
    },
    delay: (ms) => {
      delayMs = ms
    },
    stopReading: () => {
      deaf = true
      settleAll()
    },
    cut,
    [Symbol.asyncDispose]: async () => {
      cut()
      const closed = once(server, "close")
      server.close()
      await closed
    },
  }
}
