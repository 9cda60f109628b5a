import { createServer } from "node:net"

/** A port of this host that nobody listens on now. Somebody may take it before it is used: callers try again. */
export const freePort = (host = "127.0.0.1"): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, host, () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === "object") resolve(address.port)
        else reject(new Error("no free port"))
      })
    })
  })
