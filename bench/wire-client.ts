import WebSocket from "ws"

/** Of one frame `42["channel:changed", …]`, what the bench needs. Every client gets the same bytes, so it is worked out once a frame. */
export interface Delivered {
  channelId: string
  /** `now()` of each message in it, as its author wrote it down. */
  sentAt: number[]
  /** First and last `seq`; 0 when the server does not number. */
  first: number
  last: number
  /** How many of the log's steps came as this one frame, and to which versions they led. */
  packets: number
  marks: Record<string, number>
}

/** What a client has of the one channel that it looks at. */
export interface Held {
  span: { from: number; to: number }
  marks: Record<string, number>
}

/** Of `channel:changed`, as Hearth writes it and as the bare broadcast does. */
interface WirePacket {
  channelId: string
  scope?: number
  ver?: number
  items?: { seq: number; content: string }[]
  content?: string
}
interface WireChanges {
  reset: boolean
  messages: { seq: number }[]
  marks: Record<string, number>
  head: number
  more: boolean
}

interface Options {
  url: string
  /** What is sent as Socket.IO `auth`. */
  auth?: Record<string, unknown>
  /** The event after which the connection counts as open; without it, when the namespace is joined. */
  readyOn?: string
  /** So long is waited until it is open, in ms; without it for ever. */
  patienceMs?: number
  onDelivered: (delivered: Delivered, client: WireClient) => void
  /** Told of every frame of another kind than `channel:changed`, and how long it was. */
  onOther?: (event: string, payload: unknown, bytes: number) => void
}

const RECENT = 64
const recent: { bytes: Buffer; delivered: Delivered }[] = []
const STAMP = /^~(\d+\.\d+)~/

/** Messages carry `~ms~` in their text. */
export const stamped = (ms: number, length = 120): string => `~${ms.toFixed(3)}~`.padEnd(length, "hello ")

const read = (bytes: Buffer): Delivered => {
  for (const known of recent)
    if (known.bytes.length === bytes.length && known.bytes.equals(bytes)) return known.delivered
  const [, packets] = JSON.parse(bytes.toString("utf8", 2)) as [string, WirePacket[]]
  const marks: Record<string, number> = {}
  const sentAt: number[] = []
  const seqs: number[] = []
  for (const { scope, ver, items, content } of packets) {
    if (scope !== undefined && ver !== undefined) marks[scope] = ver
    for (const item of items ?? [{ seq: 0, content: content ?? "" }]) {
      seqs.push(item.seq)
      const stamp = STAMP.exec(item.content)
      if (stamp) sentAt.push(Number(stamp[1]))
    }
  }
  const channelId = packets[0]?.channelId ?? ""
  const delivered = {
    channelId,
    sentAt,
    first: seqs[0] ?? 0,
    last: seqs.at(-1) ?? 0,
    packets: packets.length,
    marks,
  }
  if (recent.length === RECENT) recent.pop()
  recent.unshift({ bytes: Buffer.from(bytes), delivered })
  return delivered
}

const CHANGED = Buffer.from('42["channel:changed"')
/** Digests go to everybody at once: read one by one, they would be what the clients spend their time on. */
const ACTIVITY = Buffer.from('42["channel:activity"')
const startsWith = (bytes: Buffer, prefix: Buffer) =>
  bytes.length >= prefix.length && bytes.compare(prefix, 0, prefix.length, 0, prefix.length) === 0

/**
 * Socket.IO protocol 5 over a bare WebSocket, as little of it as a load generator needs: packets for everybody are compared as
 * bytes and not parsed, so that a thousand clients in one process are not the bottleneck.
 */
export class WireClient {
  readonly #ws: WebSocket
  readonly #acks = new Map<number, (reply: unknown) => void>()
  readonly #events = new Map<string, (payload: unknown) => void>()
  readonly #options: Options
  #nextAck = 0
  #ended = false
  /** The last `seq` that was delivered. */
  lastSeq = 0
  held: Held | null = null
  /** Frames of every other kind, and their bytes: digests, heads, who is here. */
  others = 0
  /** Messages that came as answers to a resume. */
  resumed = 0
  otherBytes = 0

  private constructor(ws: WebSocket, options: Options) {
    this.#ws = ws
    this.#options = options
    ws.on("message", (data: Buffer) => this.#receive(data))
  }

  /** Resolves when the connection is open. Rejects with what the server answered. */
  static connect(options: Options): Promise<WireClient> {
    const address = `${options.url.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`
    const ws = new WebSocket(address, { perMessageDeflate: false, skipUTF8Validation: true })
    const client = new WireClient(ws, options)
    return new Promise((resolve, reject) => {
      const { patienceMs } = options
      const late = patienceMs === undefined ? undefined : setTimeout(() => ws.terminate(), patienceMs)
      client.#events.set(options.readyOn ?? "connect", () => {
        clearTimeout(late)
        resolve(client)
      })
      client.#events.set("connect_error", (error) => reject(new Error(`refused: ${JSON.stringify(error)}`)))
      ws.on("error", reject)
      ws.on("close", (code) => {
        clearTimeout(late)
        client.#end()
        reject(new Error(`closed with ${code}`))
      })
    })
  }

  #receive(bytes: Buffer): void {
    if (startsWith(bytes, CHANGED)) {
      const delivered = read(bytes)
      this.#options.onDelivered(delivered, this)
      if (this.held && delivered.last > this.held.span.to) this.held.span.to = delivered.last
      if (this.held) Object.assign(this.held.marks, delivered.marks)
      return
    }
    if (!this.#options.onOther && startsWith(bytes, ACTIVITY)) {
      this.others++
      this.otherBytes += bytes.length
      return
    }
    const kind = bytes[0]
    if (kind === 50 /* 2: ping */) return this.#ws.send("3")
    if (kind === 48 /* 0: open */) return this.#ws.send(`40${JSON.stringify(this.#options.auth ?? {})}`)
    if (kind !== 52 /* 4: message */) return
    const text = bytes.toString()
    const match = /^4([0-5])(\d*)/.exec(text)
    if (!match) return
    const [head, type, id] = match
    const body: unknown = text.length > head.length ? JSON.parse(text.slice(head.length)) : undefined
    if (type === "0") this.#events.get("connect")?.(body)
    else if (type === "4") this.#events.get("connect_error")?.(body)
    else if (type === "3") {
      const waiting = this.#acks.get(Number(id))
      this.#acks.delete(Number(id))
      waiting?.((body as unknown[])[0])
    } else if (type === "2") {
      const [event, payload] = body as [string, unknown]
      if (id) this.#ws.send(`43${id}[]`)
      this.others++
      this.otherBytes += bytes.length
      if (event === "channel:resumed") this.#take(payload as WireChanges)
      this.#events.get(event)?.(payload)
      this.#options.onOther?.(event, payload, bytes.length)
    }
  }

  #take({ reset, messages, marks, head, more }: WireChanges): void {
    this.resumed += messages.length
    const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq]
    if (!this.held || reset) {
      const from = first ?? head + 1
      this.held = { span: { from, to: last ?? from - 1 }, marks: {} }
    } else if (last !== undefined) this.held.span.to = Math.max(last, this.held.span.to)
    if (more) return
    this.held.marks = { ...this.held.marks, ...marks }
    this.lastSeq = Math.max(head, this.lastSeq)
  }

  /** What was asked on a connection that the server ended counts as refused, and is not waited for. */
  #end(): void {
    this.#ended = true
    for (const refuse of this.#acks.values()) refuse({ ok: false })
    this.#acks.clear()
  }

  /** Whether the connection is gone. */
  get ended(): boolean {
    return this.#ended
  }

  /** Answers with what the acknowledgement carried. */
  request(command: string, body: unknown): Promise<unknown> {
    const id = this.#nextAck++
    if (this.#ended) return Promise.resolve({ ok: false })
    return new Promise((resolve) => {
      this.#acks.set(id, resolve)
      this.#ws.send(`42${id}${JSON.stringify([command, body])}`)
    })
  }

  close(): void {
    this.#ws.removeAllListeners("close")
    this.#ws.on("error", () => {})
    this.#ws.terminate()
  }
}
