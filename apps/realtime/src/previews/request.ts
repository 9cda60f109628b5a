import { type IncomingMessage, request as httpRequest } from "node:http"
import { request as httpsRequest } from "node:https"
import { isIP } from "node:net"
import { pipeline, type Readable } from "node:stream"
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib"
import { checkTarget, type Reach, Refused, type Target } from "./target.ts"

export const MAX_REDIRECTS = 3
const HEADERS_MS = 4_000
const MAX_HEADER_BYTES = 16_384
/** Ours, and nothing of who posted the link. */
export const USER_AGENT = "Mozilla/5.0 (compatible; HearthBot; link previews)"

export interface Answer {
  /** Where it came from in the end. */
  url: URL
  headers: IncomingMessage["headers"]
  /** Of what was asked for, decoded. Ends without a complaint when more came than `max`: `whole` says whether it did not. */
  read(max: number): AsyncGenerator<Buffer, { whole: boolean }>
  close(): void
}

const decoders: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
}

/** One request to one address. Not by name: nothing is looked up any more from here on. */
const ask = (
  { url, name, port }: Target,
  address: string,
  accept: string,
  signal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const isSecure = url.protocol === "https:"
    const req = (isSecure ? httpsRequest : httpRequest)({
      host: address,
      port,
      path: `${url.pathname}${url.search}`,
      method: "GET",
      // A certificate is held to the name, and a host without one is not told any.
      ...(isSecure && { servername: isIP(name) ? "" : name }),
      headers: { host: url.host, "user-agent": USER_AGENT, accept, "accept-encoding": "gzip, br, deflate" },
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
    })
    const late = setTimeout(() => req.destroy(new Error("no answer in time")), HEADERS_MS)
    req.on("error", (error) => {
      clearTimeout(late)
      reject(error)
    })
    req.on("upgrade", () => req.destroy(new Error("it wants another protocol")))
    req.on("response", (res) => {
      clearTimeout(late)
      // What fails later is told to who reads.
      res.on("error", () => {})
      resolve(res)
    })
    req.end()
  })

const unreachable = new Set(["ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "ETIMEDOUT"])

/** By IPv4 first; by IPv6 where that leads nowhere. */
const askAny = async (target: Target, accept: string, signal: AbortSignal): Promise<IncomingMessage> => {
  const [v4, v6] = [4, 6].map((family) => target.addresses.find((address) => isIP(address) === family))
  const tries = [v4, v6].filter((address) => address !== undefined)
  for (const [i, address] of tries.entries())
    try {
      return await ask(target, address, accept, signal)
    } catch (error) {
      const isLast = i === tries.length - 1
      if (isLast || !unreachable.has((error as NodeJS.ErrnoException).code ?? "")) throw error
    }
  throw new Refused("it has no address")
}

async function* readBounded(res: IncomingMessage, max: number): AsyncGenerator<Buffer, { whole: boolean }> {
  const coding = (res.headers["content-encoding"] ?? "identity").trim().toLowerCase()
  const decoder = coding === "identity" || coding === "" ? null : decoders[coding]?.()
  if (decoder === undefined) throw new Refused("coded in an unknown way")
  // What comes over the wire is bounded, and what becomes of it.
  let raw = 0
  const count = (chunk: Buffer): void => {
    raw += chunk.length
    if (raw > max + 65_536) res.destroy()
  }
  res.on("data", count)
  const stream: Readable = decoder ? (pipeline(res, decoder, () => {}) as unknown as Readable) : res
  let taken = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const room = max - taken
      taken += chunk.length
      if (taken > max) {
        yield chunk.subarray(0, room)
        return { whole: false }
      }
      yield chunk
    }
    return { whole: true }
  } finally {
    res.destroy()
  }
}

const isRedirect = (status: number | undefined): boolean =>
  status !== undefined && [301, 302, 303, 307, 308].includes(status)

/** Asks for a page or a picture, following a few redirects, each of which is checked as the first address was. */
export const get = async (from: URL, accept: string, reach: Reach, signal: AbortSignal): Promise<Answer> => {
  let url = from
  for (let hop = 0; ; hop++) {
    const target = await checkTarget(url, reach, signal)
    const res = await askAny(target, accept, signal)
    if (isRedirect(res.statusCode)) {
      res.destroy()
      const { location } = res.headers
      if (hop === MAX_REDIRECTS || location === undefined || !URL.canParse(location, url.href))
        throw new Refused("it leads on and on")
      url = new URL(location, url)
      continue
    }
    if (res.statusCode !== 200) {
      res.destroy()
      throw new Refused("it does not answer with a page")
    }
    return { url, headers: res.headers, read: (max) => readBounded(res, max), close: () => res.destroy() }
  }
}
