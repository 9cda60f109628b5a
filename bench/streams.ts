import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import type { Stream, StreamResult } from "./crowd-tasks.ts"
import { now, Samples } from "./measure.ts"
import { type Delivered, stamped, type WireClient } from "./wire-client.ts"

const LATE_MS = 10_000

/** Messages that are written into some channels at some rate, and what is seen of them. */
export class Writing {
  readonly #stream: Stream
  readonly #clients: readonly (WireClient | null)[]
  /** How many of the crowd look at each channel. */
  readonly #viewers: ReadonlyMap<string, number>
  readonly #acks = new Samples()
  readonly #seen = new Samples()
  readonly #startedAt = now()
  #expected = 0
  #sent = 0
  #refused = 0
  #deliveries = 0
  #gaps = 0
  #frames = 0
  #packets = 0
  #lastAck = 0
  #lastDelivery = 0

  constructor(stream: Stream, clients: readonly (WireClient | null)[], viewers: ReadonlyMap<string, number>) {
    this.#stream = stream
    this.#clients = clients
    this.#viewers = viewers
  }

  see({ sentAt, first, packets }: Delivered, client: WireClient): void {
    const at = now()
    this.#frames++
    this.#packets += packets
    for (const sent of sentAt) {
      if (sent < this.#startedAt) continue
      this.#deliveries++
      this.#seen.add(at - sent)
    }
    this.#lastDelivery = at
    if (first !== 0 && first !== client.lastSeq + 1) this.#gaps++
  }

  async #send(channelId: string, author: number): Promise<void> {
    const at = now()
    this.#sent++
    const body = { channelId, content: stamped(at), nonce: randomUUID() }
    const reply = (await this.#clients[author]?.request("message:send", body)) as { ok: boolean }
    this.#lastAck = now()
    if (reply.ok) {
      this.#acks.add(this.#lastAck - at)
      this.#expected += this.#viewers.get(channelId) ?? 0
    } else this.#refused++
  }

  async run(seconds: number): Promise<StreamResult> {
    const { channels, perSecond } = this.#stream
    const endsAt = this.#startedAt + seconds * 1000
    const underWay: Promise<void>[] = []
    if (perSecond === null) {
      const loop = async (channelId: string, author: number) => {
        while (now() < endsAt) await this.#send(channelId, author)
      }
      for (const { channelId, authors } of channels)
        for (const author of authors) underWay.push(loop(channelId, author))
    } else {
      for (let i = 0; ; i++) {
        const due = this.#startedAt + (i * 1000) / perSecond
        if (due >= endsAt) break
        if (due > now()) await delay(due - now())
        const { channelId, authors } = channels[i % channels.length] ?? { channelId: "", authors: [] }
        underWay.push(this.#send(channelId, authors[Math.floor(i / channels.length) % authors.length] ?? 0))
      }
    }
    await Promise.all(underWay)
    const deadline = now() + LATE_MS
    while (this.#deliveries < this.#expected && now() < deadline) await delay(5)
    return {
      sent: this.#sent,
      refused: this.#refused,
      deliveries: this.#deliveries,
      missing: this.#expected - this.#deliveries,
      gaps: this.#gaps,
      sendMs: this.#lastAck - this.#startedAt,
      ms: this.#lastDelivery - this.#startedAt,
      frames: this.#frames,
      packets: this.#packets,
      ack: this.#acks.quantiles(),
      delivery: this.#seen.quantiles(),
    }
  }
}
