import { setTimeout as delay } from "node:timers/promises"
import type { Snowflake } from "@hearth/core"
import type { Note } from "./history.ts"
import type { Member } from "./member.ts"

export interface LoadOptions {
  writers: readonly Member[]
  channels: readonly Snowflake[]
  perSecond: number
  /** Put behind the text of each message. */
  filling: string
  note: Note
}

/** Every so many messages one is edited, edited twice, or deleted. */
const EDIT_EVERY = 12
const TWICE_EVERY = 36
const DELETE_EVERY = 50

/** Members who write at a steady rate, whether or not they are answered. */
export const startLoad = ({ writers, channels, perSecond, filling, note }: LoadOptions) => {
  let stopped = false
  let said = 0
  let moved = Promise.withResolvers<void>()

  const sayOne = () => {
    const n = ++said
    const member = writers[n % writers.length]
    // Another channel in each round, so that everybody writes everywhere.
    const channelId = channels[(n + Math.floor(n / writers.length)) % channels.length]
    if (!member || !channelId) return
    const body = `message ${n}${filling}`
    member.say(channelId, body, (message) => {
      if (n % EDIT_EVERY === 0) member.edit(channelId, message, 1, `message ${n}, better`)
      if (n % TWICE_EVERY === 0) member.edit(channelId, message, 2, `message ${n}, better still`)
      if (n % DELETE_EVERY === 0) member.edit(channelId, message, 1, "")
    })
  }
  const began = performance.now()
  const running = (async () => {
    while (!stopped) {
      while (said < ((performance.now() - began) / 1000) * perSecond) sayOne()
      await delay(1000 / perSecond)
    }
  })()

  return {
    waiting: () => writers.reduce((sum, member) => sum + member.waiting, 0),
    /** To be told of every try: `momentUnderWay` needs it. */
    onMove: () => {
      const before = moved
      moved = Promise.withResolvers<void>()
      before.resolve()
    },
    /** Resolves while a send is on its way, somewhere between its client and its ack. What is done in the same turn hits it. */
    async momentUnderWay(): Promise<void> {
      for (;;) {
        await moved.promise
        await delay(Math.random() * 6)
        if (writers.some((member) => member.underWay > 0)) return
      }
    },
    async stop(): Promise<void> {
      stopped = true
      await running
      note({ type: "planned", count: said })
    },
  }
}
export type Load = ReturnType<typeof startLoad>
