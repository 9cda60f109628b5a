import { setTimeout as delay } from "node:timers/promises"
import { type EventPayload, PROTOCOL_VERSION } from "@hearth/core"
import { signTicket } from "@hearth/db"
import { inLanes } from "@hearth/testing/in-lanes"
import { type Delivered, WireClient } from "../bench/wire-client.ts"

/** What the process of a crowd is asked, one thing after the other. */
export type Ask =
  /** So many more connect, and open the channel. */
  | { task: "come"; count: number; urls: string[]; secret: string; people: Person[]; channelId: string }
  | { task: "tell" }

export interface Person {
  userId: string
  sessionId: string
}

/** What they have of the channel, which the author's own clients have to the end. */
export interface Told {
  count: number
  /** Up to which number each has it, the lowest and the highest. */
  to: [number, number]
  /** Messages that somebody still lacks, of all. */
  missing: number
  /** How often somebody had to ask for what had not come (SPEC 5.8: after 300 to 600 ms). */
  asked: number
  /** Connections that the server ended. */
  ended: number
}

export type Reply = { ok: true; result: Told | null } | { ok: false; error: string }

const CONNECTING = 50
const GAP_MS = 300
const MAX_GAP_MS = 15_000
const TRIES = 20
const AGAIN_MS = 1000
const viewers: Viewer[] = []
let asked = 0

/** It compares bytes and keeps numbers only, and does what a client does about those that do not come. */
class Viewer {
  readonly missing = new Set<number>()
  /** Up to where it has everything: the versions that it knew then are what it asks with. */
  #whole: { to: number; marks: Record<string, number> } = { to: 0, marks: {} }
  readonly #channelId: string
  #client: WireClient | null = null
  #waiting = false
  #tries = 0

  constructor(channelId: string) {
    this.#channelId = channelId
  }

  async connect(url: string, ticket: string): Promise<void> {
    this.#client = await WireClient.connect({
      url,
      auth: { ticket, protocol: PROTOCOL_VERSION, pos: "0" },
      readyOn: "gateway:ready",
      onDelivered: (delivered, client) => this.#take(delivered, client),
      onOther: (event, payload) => {
        if (event === "channel:heads") this.#hear(payload as EventPayload<"channel:heads">)
        if (event !== "channel:resumed") return
        const { messages, marks, head } = payload as {
          messages: { seq: number }[]
          marks: Record<string, number>
          head: number
        }
        for (const { seq } of messages) this.missing.delete(seq)
        if (this.missing.size === 0) this.#whole = { to: head, marks: { ...this.#whole.marks, ...marks } }
      },
    })
    await this.#resume(null, {})
  }

  async #resume(span: { from: number; to: number } | null, marks: Record<string, number>): Promise<void> {
    const request = { channels: [{ channelId: this.#channelId, span, marks }] }
    const reply = (await this.#client?.request("channel:resume", request)) as { ok: boolean }
    if (!reply.ok) throw new Error(`a resume was refused: ${JSON.stringify(reply)}`)
  }

  /** The last packet of all is told of by no later one. */
  #hear({ heads }: EventPayload<"channel:heads">): void {
    const client = this.#client
    if (!client?.held) return
    for (const { channelId, head } of heads) {
      if (channelId !== this.#channelId) continue
      for (; client.lastSeq < head; client.lastSeq++) this.missing.add(client.lastSeq + 1)
    }
    if (this.missing.size > 0) this.#askSoon(client)
  }

  #take({ first, last, marks }: Delivered, client: WireClient): void {
    for (let seq = first; seq <= last; seq++) this.missing.delete(seq)
    // What came before the answer to the resume is in it.
    if (client.held) for (let seq = client.lastSeq + 1; seq < first; seq++) this.missing.add(seq)
    client.lastSeq = Math.max(client.lastSeq, last)
    if (this.missing.size === 0) this.#whole = { to: client.lastSeq, marks: { ...this.#whole.marks, ...marks } }
    if (this.missing.size === 0) this.#tries = 0
    else this.#askSoon(client)
  }

  /** One at a time, and each later than the one before, as the client in the browser does (`history-resume.ts`). */
  #askSoon(client: WireClient): void {
    if (this.#waiting || client.ended) return
    this.#waiting = true
    const wait = Math.min(MAX_GAP_MS, GAP_MS * (1 + Math.random()) * 2 ** this.#tries)
    setTimeout(() => void this.#ask(client), wait)
  }

  async #ask(client: WireClient): Promise<void> {
    if (this.missing.size > 0) {
      asked++
      const { to, marks } = this.#whole
      // One that is refused is asked again.
      await this.#resume({ from: Math.min(client.held?.span.from ?? to, to), to }, marks).catch(() => {})
    }
    this.#waiting = false
    if (this.missing.size === 0) {
      this.#tries = 0
      return
    }
    this.#tries++
    this.#askSoon(client)
  }

  close(): void {
    this.#client?.close()
  }

  get lastSeq(): number {
    return this.#client?.lastSeq ?? 0
  }

  get ended(): boolean {
    return this.#client?.ended ?? true
  }
}

const come = async ({ count, urls, secret, people, channelId }: Extract<Ask, { task: "come" }>): Promise<void> => {
  await inLanes([...Array(count).keys()], CONNECTING, async (i) => {
    const [url, person] = [urls[i % urls.length], people[i % people.length]]
    if (!url || !person) throw new Error("nobody, or nowhere")
    // A crowd may be told to come a little later.
    for (let tries = 1; ; tries++) {
      const viewer = new Viewer(channelId)
      try {
        await viewer.connect(url, signTicket(secret, person))
        viewers.push(viewer)
        return
      } catch (refused) {
        viewer.close()
        if (tries === TRIES) throw refused
      }
      await delay(AGAIN_MS)
    }
  })
}

const tell = (): Told => {
  const to = viewers.map(({ lastSeq }) => lastSeq)
  const missing = viewers.reduce((sum, viewer) => sum + viewer.missing.size, 0)
  const ended = viewers.filter((viewer) => viewer.ended).length
  return { count: viewers.length, to: [Math.min(...to), Math.max(...to)], missing, asked, ended }
}

const run = async (ask: Ask): Promise<Told | null> => {
  if (ask.task === "tell") return tell()
  await come(ask)
  return null
}

process.on("message", (ask: Ask) => {
  run(ask).then(
    (result) => process.send?.({ ok: true, result } satisfies Reply),
    (error: unknown) => process.send?.({ ok: false, error: String(error) } satisfies Reply),
  )
})
process.on("disconnect", () => process.exit(0))
