import { randomUUID } from "node:crypto"
import type { Api } from "./api.ts"

type Ack = { ok: true; data: unknown } | { ok: false; error: { code: string; message: string } }

/** A client of the gateway, written from packages/core/SPEC.md §3 to §6 alone: text frames over a bare WebSocket. */
export class StrangerClient {
  readonly #ws: WebSocket
  readonly #acks = new Map<number, (ack: Ack) => void>()
  readonly #waiting: { matches: (event: string, payload: unknown) => boolean; resolve: (payload: unknown) => void }[] =
    []
  readonly #seen: { event: string; payload: unknown }[] = []
  #next = 0

  private constructor(ws: WebSocket, auth: object) {
    this.#ws = ws
    ws.addEventListener("message", ({ data }) => {
      const text = String(data)
      if (text.startsWith("0")) ws.send(`40${JSON.stringify(auth)}`)
      else if (text === "2") ws.send("3")
      else if (text.startsWith("40")) this.#hear("connect", null)
      else if (text.startsWith("44{")) this.#hear("connect_error", JSON.parse(text.slice(2)))
      else if (text.startsWith("42")) {
        const [, id, body] = /^42(\d*)(.*)$/s.exec(text) ?? []
        const [event, payload] = JSON.parse(body ?? "[]") as [string, unknown]
        this.#hear(event, payload)
        if (id) ws.send(`43${id}[]`)
      } else if (text.startsWith("43")) {
        const [, id, body] = /^43(\d+)(.*)$/s.exec(text) ?? []
        const [ack] = JSON.parse(body ?? "[]") as [Ack]
        this.#acks.get(Number(id))?.(ack)
      }
    })
    ws.addEventListener("close", () => this.#hear("close", null))
  }

  static async connect(
    api: Api,
    { pos = "0", ticket, at = api.origin }: { pos?: string; ticket?: string; at?: string } = {},
  ): Promise<StrangerClient> {
    const taken = ticket ?? (await api.mutate<{ ticket: string }>("gateway.ticket")).ticket
    const ws = new WebSocket(`${at.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`)
    return new StrangerClient(ws, { ticket: taken, protocol: 1, pos })
  }

  #hear(event: string, payload: unknown): void {
    this.#seen.push({ event, payload })
    for (const waiter of [...this.#waiting])
      if (waiter.matches(event, payload)) {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
        waiter.resolve(payload)
      }
  }

  /** The first event of that name, come or coming, that fits. */
  event<T>(name: string, fits: (payload: T) => boolean = () => true): Promise<T> {
    const matches = (event: string, payload: unknown) => event === name && fits(payload as T)
    const seen = this.#seen.find((s) => matches(s.event, s.payload))
    if (seen) return Promise.resolve(seen.payload as T)
    return new Promise((resolve) => this.#waiting.push({ matches, resolve: resolve as (payload: unknown) => void }))
  }

  seen(name: string): unknown[] {
    return this.#seen.filter((s) => s.event === name).map((s) => s.payload)
  }

  command(name: string, body: unknown): Promise<Ack> {
    const id = this.#next++
    return new Promise((resolve) => {
      this.#acks.set(id, resolve)
      this.#ws.send(`42${id}${JSON.stringify([name, body])}`)
    })
  }

  send(channelId: string, content: string, nonce: string = randomUUID()): Promise<Ack> {
    return this.command("message:send", { channelId, content, nonce })
  }

  /** Text as it is, for what no client should send. */
  raw(frame: string): void {
    this.#ws.send(frame)
  }

  close(): void {
    this.#ws.close()
  }
}
