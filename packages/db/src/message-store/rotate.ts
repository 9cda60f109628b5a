import { setTimeout as delay } from "node:timers/promises"
import { AppError, type Snowflake } from "@hearth/core"
import { asc, gt } from "drizzle-orm"
import type { Database } from "../client.ts"
import { channels } from "../schema/index.ts"
import type { MessageStore } from "./port.ts"

const CHANNELS = 500
const ROWS = 200

export interface Rotated {
  channels: number
  rewritten: number
}

/**
 * Puts every body of every channel under the store's first key, while people go on writing. It may be stopped anywhere and
 * run again: what is done is passed over. `onProgress` after each channel. Rejects when the store stays away for a minute.
 */
export const rotateBodies = async (
  { db, store }: { db: Database; store: MessageStore },
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: Rotated) => void } = {},
): Promise<Rotated> => {
  const done: Rotated = { channels: 0, rewritten: 0 }
  for (let last: Snowflake = "0"; ; ) {
    const rows = await db
      .select({ id: channels.id })
      .from(channels)
      .where(gt(channels.id, last))
      .orderBy(asc(channels.id))
      .limit(CHANNELS)
    for (const { id } of rows) {
      done.rewritten += await rotateChannel(store, id, signal)
      done.channels++
      onProgress?.(done)
    }
    const end = rows.at(-1)
    if (!end) return done
    last = end.id
  }
}

const rotateChannel = async (store: MessageStore, channelId: Snowflake, signal?: AbortSignal): Promise<number> => {
  let rewritten = 0
  for (let after: number | null = 0; after !== null; ) {
    signal?.throwIfAborted()
    const from: number = after
    const step = await insist(() => store.reseal(channelId, from, ROWS), signal)
    // Deleted a moment ago.
    if (!step) return rewritten
    rewritten += step.rewritten
    after = step.last
  }
  return rewritten
}

const PATIENCE_MS = 60_000

const insist = async <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T | null> => {
  const giveUp = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.code === "UNKNOWN_CHANNEL") return null
      if (error.code !== "UNAVAILABLE" || Date.now() > giveUp) throw error
      await delay(Math.min(error.retryAfterMs ?? 500, 1000), undefined, { signal })
    }
  }
}
