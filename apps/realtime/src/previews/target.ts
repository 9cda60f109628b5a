import { Resolver } from "node:dns/promises"
import { isIP } from "node:net"
import { isPublicAddress } from "./address.ts"

/** The addresses of a name. Rejects when it has none. */
export type Resolve = (name: string, signal: AbortSignal) => Promise<string[]>

export interface Reach {
  resolve: Resolve
  /**
   * `address:port` of this machine that may be reached although it is not public: for tests, which have nothing else to fetch
   * from. Exact pairs and no names, so that it opens what it names and nothing beside it.
   */
  also: ReadonlySet<string>
}

/** Where a request goes: to this address and no other, whatever its name is said to be a moment later. */
export interface Target {
  url: URL
  name: string
  addresses: string[]
  port: number
}

export class Refused extends Error {
  constructor(why: string) {
    super(why)
    this.name = "Refused"
  }
}

const PORTS: Record<string, number> = { "http:": 80, "https:": 443 }
/** Names that are of no public thing, whoever answers for them. */
const inner = /(?:^|\.)(?:localhost|local|internal|intranet|private|corp|home|lan|arpa|onion|test|invalid|example)\.?$/i

/** Asks name servers, and not this machine's own files: what stands there is of this machine. */
export const resolveName: Resolve = async (name, signal) => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const cancel = (): void => resolver.cancel()
  signal.addEventListener("abort", cancel)
  try {
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    const found = [v4, v6].flatMap((r) => (r.status === "fulfilled" ? r.value : []))
    if (found.length === 0) throw new Refused("the name has no address")
    return found
  } finally {
    signal.removeEventListener("abort", cancel)
  }
}

/** Throws `Refused` for what is not to be fetched. A name of which one address is not public is refused whole. */
export const checkTarget = async (url: URL, { resolve, also }: Reach, signal: AbortSignal): Promise<Target> => {
  const usual = PORTS[url.protocol]
  if (usual === undefined) throw new Refused("not http or https")
  if (url.username || url.password) throw new Refused("it has credentials")
  // The parser has made every spelling of an IPv4 address the usual one: decimal, octal, hexadecimal, short.
  const name = url.hostname.replace(/^\[|\]$/g, "")
  const port = url.port === "" ? usual : Number(url.port)
  if (also.has(`${name}:${port}`)) return { url, name, addresses: [name], port }
  if (url.port !== "") throw new Refused("not the usual port")
  if (isIP(name)) {
    if (!isPublicAddress(name)) throw new Refused("not a public address")
    return { url, name, addresses: [name], port }
  }
  if (!name.replace(/\.$/, "").includes(".") || inner.test(name)) throw new Refused("not a public name")
  const addresses = await resolve(name, signal)
  signal.throwIfAborted()
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) throw new Refused("not a public address")
  return { url, name, addresses, port }
}
