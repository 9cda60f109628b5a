import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import {
  AppError,
  type BodyInput,
  type ChannelView,
  type Command,
  emptyView,
  type Message,
  type Reply,
  type Snowflake,
} from "@hearth/core"
import { connectClient, type TestClient } from "@hearth/testing"
import type { Api } from "../e2e/support/api.ts"
import type { Note } from "./history.ts"
import { ANSWER_MS, codeOf, mayRetry, pauseBefore, within } from "./patience.ts"
import { toRow } from "./truth.ts"

export interface Account {
  userId: Snowflake
  sessionId: string
  email: string
  api: Api
}

export interface MemberOptions {
  account: Account
  note: Note
  /** Where it may connect, each time to the next one. */
  nodes: () => readonly string[]
  first: number
  /** What it has open. Empty for who only listens to what comes by itself. */
  channels: readonly Snowflake[]
  /** Of what is not for everybody's ears: whoever hears one of these says so in the history. */
  secrets: readonly string[]
  /** A send is about to be tried, for the first time or again. */
  onMove?: () => void
}

/** What an event tells that is not for everybody's ears. That one is out oneself is. */
export const secretIn = (event: string, payload: unknown, secrets: readonly string[]): string | undefined => {
  if (event === "guild:removed") return undefined
  const text = JSON.stringify(payload) ?? ""
  return secrets.find((secret) => text.includes(secret))
}

/** A person at a client that keeps to SPEC.md: it connects, comes back, resumes, sends and sends again. */
export class Member {
  readonly options: MemberOptions
  readonly views = new Map<Snowflake, ChannelView>()
  /** Sends and edits that are not answered yet. */
  waiting = 0
  /** Tries of sends, first or later ones, that are on their way and neither answered nor given up. */
  underWay = 0
  /** The longest that a send had to wait for its ack. */
  worstMs = 0
  /** The connection, once it has resumed. */
  #client: TestClient | null = null
  /** The connection, as soon as there is one. */
  #open: TestClient | null = null
  #stopped = false
  #givenUp = false
  #running: Promise<void> | null = null
  #readyAgain = Promise.withResolvers<TestClient>()
  #pos = "0"
  #nodes: () => readonly string[]
  #node: number
  #url = ""
  readonly #chains = new Map<string, Promise<void>>()
  #edits = 0

  constructor(options: MemberOptions) {
    this.options = options
    this.#node = options.first
    this.#nodes = options.nodes
  }

  get userId(): Snowflake {
    return this.options.account.userId
  }

  /** Where it is connected, or was last. */
  get node(): string {
    return this.#url
  }

  get connected(): boolean {
    return this.#client?.socket.connected === true
  }

  view(channelId: Snowflake): ChannelView {
    return this.views.get(channelId) ?? emptyView(channelId)
  }

  start(): void {
    this.#running ??= this.#live()
  }

  /** What it still wants to say stays unsaid, and what is under way is not tried again. It stays, and reads on. */
  giveUp(): void {
    this.#givenUp = true
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#givenUp = true
    this.#readyAgain.promise.catch(() => {})
    this.#readyAgain.reject(new Error("stopped"))
    this.#open?.close()
    await this.#running
    await Promise.allSettled(this.#chains.values())
  }

  async #live(): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt++) {
      const lived = await this.#oneConnection().catch(() => ({ resumed: false, pauseMs: null }))
      if (lived.resumed) attempt = 0
      if (this.#stopped) return
      await delay(lived.pauseMs ?? pauseBefore(attempt))
    }
  }

  async #oneConnection(): Promise<{ resumed: boolean; pauseMs: number | null }> {
    const { account, note, channels, secrets } = this.options
    const { ticket } = await within(ANSWER_MS, account.api.mutate<{ ticket: string }>("gateway.ticket"))
    const urls = this.#nodes()
    const url = urls[this.#node++ % urls.length] ?? ""
    const user = { id: account.userId, sessionId: account.sessionId }
    const opening = connectClient({
      url,
      secret: "",
      user,
      ticket,
      pos: this.#pos,
      views: this.views,
      commandMs: ANSWER_MS,
    })
    // One that comes too late is not wanted any more.
    const client = await within(ANSWER_MS, opening).catch((error: unknown) => {
      void opening.then((late) => late.close()).catch(() => {})
      throw error
    })
    note({ type: "connected", node: url })
    this.#url = url
    this.#open = client
    if (this.#stopped) client.close()
    const away = Promise.withResolvers<number | null>()
    client.socket.onAny((event: string, payload: unknown) => {
      if (event === "gateway:resync") away.resolve(Math.random() * (payload as { delayMs: number }).delayMs)
      if (secrets.length > 0) this.#overhear(event, payload)
    })
    client.socket.once("disconnect", () => away.resolve(null))
    if (!client.socket.connected) away.resolve(null)
    let resumed = false
    const opened = this.#openAll(client, channels).then(() => {
      if (!client.socket.connected) return
      resumed = true
      this.#client = client
      this.#readyAgain.resolve(client)
    })
    const pauseMs = await away.promise
    this.#client = null
    if (resumed && !this.#stopped) this.#readyAgain = Promise.withResolvers<TestClient>()
    this.#readyAgain.promise.catch(() => {})
    this.#pos = client.pos
    client.close()
    await opened.catch(() => {})
    note({ type: "disconnected", reason: pauseMs === null ? "broken" : "gateway:resync" })
    return { resumed, pauseMs }
  }

  async #openAll(client: TestClient, channels: readonly Snowflake[]): Promise<void> {
    for (const channelId of channels)
      for (let attempt = 0; client.socket.connected; attempt++) {
        try {
          await client.open(channelId)
          break
        } catch (error) {
          // What one may not see stays closed: whoever listens at the door goes on with that.
          if (!mayRetry(error)) break
          await delay(pauseBefore(attempt))
        }
      }
  }

  #overhear(event: string, payload: unknown): void {
    const channel = secretIn(event, payload, this.options.secrets)
    if (channel === undefined) return
    const via = event === "channel:changed" ? "live" : event === "channel:resumed" ? "resume" : "other"
    this.options.note({ type: "received", channel, via })
  }

  /** The connection, as soon as there is one that has resumed. */
  #ready(): Promise<TestClient> {
    return this.#client ? Promise.resolve(this.#client) : this.#readyAgain.promise
  }

  /** Resolves when all that it has to say by now is answered. */
  async caughtUp(): Promise<void> {
    await Promise.all(this.#chains.values())
  }

  /** One after the other under one name, whatever becomes of the one before. */
  #inTurn(name: string, work: () => Promise<void>): void {
    this.waiting++
    const before = this.#chains.get(name) ?? Promise.resolve()
    const done = before.then(() => (this.#givenUp ? undefined : work())).catch(() => {})
    this.#chains.set(
      name,
      done.finally(() => {
        this.waiting--
      }),
    )
  }

  /** SPEC 6.6: one unacknowledged send a channel. */
  say(channelId: Snowflake, body: string, then?: (message: { id: Snowflake; seq: number }) => void): void {
    this.#inTurn(channelId, async () => {
      const nonce = randomUUID()
      const acked = await this.send(channelId, nonce, body)
      if (acked) then?.(acked)
    })
  }

  /** Until it is acked, or refused for good. */
  async send(channelId: Snowflake, nonce: string, body: string): Promise<{ id: Snowflake; seq: number } | null> {
    const { note, onMove } = this.options
    let client = await this.#ready()
    const began = performance.now()
    note({ type: "invoke", channel: channelId, nonce, body })
    for (let attempt = 0; ; attempt++) {
      try {
        this.underWay++
        onMove?.()
        const { id, seq } = await client.send(channelId, body, nonce).finally(() => this.underWay--)
        note({ type: "ack", channel: channelId, nonce, id, seq })
        this.worstMs = Math.max(this.worstMs, performance.now() - began)
        return { id, seq }
      } catch (error) {
        const definite = !mayRetry(error)
        if (definite || this.#givenUp) {
          note({ type: "fail", channel: channelId, nonce, code: codeOf(error), definite })
          return null
        }
        note({ type: "retry", nonce, code: codeOf(error), node: this.#url })
        const told = error instanceof AppError ? error.retryAfterMs : undefined
        await delay(told ?? pauseBefore(attempt))
        client = await this.#ready()
      }
    }
  }

  /** Changes a message of its own, or deletes it, when `body` is empty. */
  edit(channelId: Snowflake, { id, seq }: { id: Snowflake; seq: number }, version: number, body: string): void {
    const edit = this.#edits++
    const { note } = this.options
    this.#inTurn(`edits of ${id} in ${channelId}`, async () => {
      await this.#ready()
      note({ type: "edit", edit, channel: channelId, id, body })
      for (let attempt = 0; ; attempt++) {
        try {
          const client = await this.#ready()
          if (body === "") await client.command("message:delete", { channelId, seq })
          else await client.command("message:edit", { channelId, seq, version, content: body })
          return note({ type: "edited", edit })
        } catch (error) {
          // SPEC 6.9: one that finds its own result has succeeded.
          if (error instanceof AppError && error.code === "CONFLICT" && (await this.#says(channelId, seq)) === body)
            return note({ type: "edited", edit })
          if (this.#givenUp) return
          if (!mayRetry(error)) return note({ type: "editFailed", edit, code: codeOf(error) })
          await delay(pauseBefore(attempt))
        }
      }
    })
  }

  async #says(channelId: Snowflake, seq: number): Promise<string | undefined> {
    const input = { channelId, after: seq - 1, limit: 1 }
    const { page } = await this.options.account.api.query<{ page: { messages: Message[] } }>("message.page", input)
    return page.messages[0]?.content
  }

  /** Any command, once. */
  async now<C extends Command>(command: C, body: BodyInput<C>): Promise<Reply<C>> {
    return (await this.#ready()).command(command, body)
  }

  /** Its next connections go there, and the one that is open ends. */
  moveTo(nodes: () => readonly string[]): void {
    this.#nodes = nodes
    this.breakOff()
  }

  /** It loses its connection, and comes back by itself. */
  breakOff(): void {
    this.#open?.close()
  }

  /** What it shows now, into the history. */
  render(): void {
    for (const channelId of this.options.channels)
      this.options.note({ type: "rendered", channel: channelId, rows: this.view(channelId).messages.map(toRow) })
  }

  /** Whether it shows everything up to there. */
  shows(channelId: Snowflake, seq: number): boolean {
    const { span, live, waiting } = this.view(channelId)
    return live && waiting.length === 0 && (span?.to ?? 0) >= seq
  }
}
