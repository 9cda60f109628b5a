import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { AppError, type Message, type Snowflake } from "@hearth/core"
import type { AppendResult, Draft, MessageStore, MessageStoreOptions } from "../port.ts"

/** A backend under test. */
export interface Bed {
  /** Another instance on the same backend, as another process would have it. The bed closes what it opened. */
  open(options?: Partial<MessageStoreOptions>): Promise<MessageStore>
  /** A channel that has no messages yet. */
  newChannel(): Promise<Snowflake>
  /** What one `ver` counts there. */
  scopeOf(seq: number): number
  close(): Promise<void>
}

/** A backend of one's own, which may be hurt. */
export interface OutageBed extends Bed {
  /** SIGSTOP: it accepts connections and answers nothing. */
  pause(): void
  resume(): void
  /** SIGKILL, and a start on the same data and port. */
  restart(): Promise<void>
}

export const macKey = Buffer.alloc(32, 7)
export const alice = "1000000000001"
export const bob = "1000000000002"

export const draft = (content = "hello", more: Partial<Draft> = {}): Draft => ({
  authorId: alice,
  nonce: randomUUID(),
  content,
  replyTo: null,
  ...more,
})
export const drafts = (n: number, more: Partial<Draft> = {}): Draft[] =>
  Array.from({ length: n }, (_, i) => draft(`message ${i}`, more))

/** The message of a result that has one. */
export const messageOf = (result: AppendResult | undefined): Message => {
  if (!result || result.status === "conflict") throw new Error(`no message: ${result?.status}`)
  return result.message
}

/** As a client does: the same again, when it is told to come back, until there is an answer. */
export const insist = async <T>(attempt: () => Promise<T>, forMs = 60_000): Promise<T> => {
  const giveUp = Date.now() + forMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "UNAVAILABLE" || Date.now() > giveUp) throw error
      await delay(Math.min(error.retryAfterMs ?? 100, 200))
    }
  }
}

/** Appends all, however many rounds it takes. */
export const appendAll = async (store: MessageStore, channelId: Snowflake, all: readonly Draft[]) => {
  const results: AppendResult[] = []
  while (results.length < all.length) {
    const outcome = await store.append(channelId, all.slice(results.length))
    if (outcome.results.length === 0) throw new Error("an append that took nothing")
    results.push(...outcome.results)
  }
  return results
}

/** The whole log, page by page. */
export const readAll = async (store: MessageStore, channelId: Snowflake): Promise<Message[]> => {
  const all: Message[] = []
  for (;;) {
    const { messages } = await store.page(channelId, { after: all.length }, 100)
    if (messages.length === 0) return all
    all.push(...messages)
  }
}

export const ascending = (ids: readonly string[]): boolean =>
  ids.every((id, i) => i === 0 || BigInt(ids[i - 1] ?? 0) < BigInt(id))
