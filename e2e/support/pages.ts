import { once } from "node:events"
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"

/** Pages as other sites have them. */
export interface Pages {
  /** 127.0.0.1:port */
  at: string
  origin: string
  /** Paths that somebody asked for, in order. */
  asked: readonly string[]
  close(): Promise<void>
}

const picture = readFileSync(fileURLToPath(new URL("../../docs/pictures/invite.webp", import.meta.url)))
const head: Record<string, string> = {
  "/spherometer": `<title>plain</title>
    <meta property="og:site_name" content="Larkfield Observatory">
    <meta property="og:title" content="The spherometer, and how it was dropped">
    <meta property="og:description" content="Ours reads four micrometres high since the last open night. What we know of it, how it is made good, and why it lies in the blue tin, next to the collimator, until somebody has an hour for it.">
    <meta property="og:image" content="/picture.webp">`,
  "/figuring": `<meta property="og:title" content="Figuring a mirror">
    <meta property="og:description" content="From 220 grit to the last tenth of a wave.">
    <meta property="og:image" content="/picture.webp"><meta name="twitter:card" content="summary_large_image">`,
  "/short": "<title>A page that says little</title>",
}

export const startPages = async (): Promise<Pages> => {
  const asked: string[] = []
  const server = createServer(({ url = "" }, res) => {
    asked.push(url)
    if (url === "/picture.webp") return res.writeHead(200, { "content-type": "image/webp" }).end(picture)
    const says = head[url]
    if (says === undefined) return res.writeHead(404).end()
    return res.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(`<head>${says}</head>`)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    at,
    origin: `http://${at}`,
    asked,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}
