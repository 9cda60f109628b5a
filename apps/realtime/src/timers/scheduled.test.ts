import { AppError, type Message } from "@hearth/core"
import { openBodies } from "@hearth/db/message-store"
import type { Due } from "@hearth/db/schedule"
import { expect, test } from "vitest"
import { silentLogger } from "../logger.ts"
import { attempt } from "./scheduled.ts"

const NOW = 1_800_000_000_000
const KEY = "key-of-sixteen-letters"
const due = (change: Partial<Due> = {}): Due => ({
  id: "7",
  userId: "1",
  channelId: "2",
  key: KEY,
  version: 1,
  body: Buffer.from("hello"),
  replyTo: null,
  sendAt: new Date(NOW),
  tryAt: new Date(NOW),
  begunAt: new Date(NOW),
  tries: 1,
  failed: null,
  ...change,
})
const again = (agoMs: number) => due({ tries: 2, begunAt: new Date(NOW - agoMs) })
const refused = new AppError("FORBIDDEN", "no")
const away = new AppError("UNAVAILABLE", "away")

interface World {
  /** What the sends fail with, in turn; null: they work. */
  sends?: (Error | null)[]
  upToDate?: boolean
  open?: boolean
  log?: Partial<Message>[] | Error
}

const run = async ({ sends = [null], upToDate = true, open = true, log = [] }: World, message = due()) => {
  const sent: unknown[] = []
  const outcome = await attempt(
    {
      store: {
        page: async () => {
          if (log instanceof Error) throw log
          return { messages: log as Message[], marks: {}, head: 1 }
        },
      },
      bodies: openBodies(),
      send: async (body, author) => {
        sent.push([body, author])
        const failure = sends[sent.length - 1]
        if (failure) throw failure
        return {}
      },
      gate: () => {
        if (!open) throw away
      },
      upToDate: async () => upToDate,
      clock: () => NOW,
      log: silentLogger(),
    },
    message,
  )
  return { outcome, sent }
}

test("it is sent as its author, under its key, with what it answers", async () => {
  const { outcome, sent } = await run({}, due({ replyTo: 4 }))
  expect(outcome).toEqual({ kind: "sent" })
  expect(sent).toEqual([[{ channelId: "2", content: "hello", nonce: KEY, replyTo: 4 }, { userId: "1" }]])
})

test("a refusal is believed when this node knows all that was committed: else it may be an old one", async () => {
  expect((await run({ sends: [refused, refused] })).outcome).toEqual({ kind: "failed", code: "FORBIDDEN" })
  expect((await run({ sends: [refused, null] })).outcome).toEqual({ kind: "sent" })
  const { outcome, sent } = await run({ sends: [refused, refused], upToDate: false })
  expect([outcome, sent.length]).toEqual([{ kind: "later", inMs: 1000, isIn: "no" }, 1])
})

test("it waits for a turn, for a node that may send, and for a key; only a try without an end leaves it in doubt", async () => {
  const soon = new AppError("RATE_LIMITED", "slow", { retryAfterMs: 90_000 })
  expect((await run({ sends: [soon] })).outcome).toEqual({ kind: "later", inMs: 90_000, isIn: "no" })
  expect((await run({ open: false })).outcome).toMatchObject({ kind: "later", isIn: "no" })
  const sealed = Buffer.from([0, 1, 0, 9, ...Buffer.alloc(40)])
  expect((await run({}, due({ body: sealed }))).outcome).toMatchObject({ kind: "later", isIn: "no" })
  for (const failure of [away, new Error("a bug")])
    expect((await run({ sends: [failure] })).outcome).toEqual({ kind: "later", inMs: 1000, isIn: "maybe" })
  expect((await run({ sends: [soon] }, again(0))).outcome).toMatchObject({ isIn: "maybe" })
  expect((await run({ sends: [away] }, again(40_000))).outcome).toMatchObject({ inMs: 20_000 })
  expect((await run({ sends: [away] }, again(3_600_000))).outcome).toMatchObject({ inMs: 30_000 })
})

test("of one that an earlier try may have sent, the log tells what a refusal does not", async () => {
  const sends = [refused, refused]
  const mine = { seq: 1, authorId: "1", nonce: KEY, createdAt: NOW }
  expect((await run({ sends, log: [mine] }, again(1000))).outcome).toEqual({ kind: "sent" })
  const others = [{ ...mine, authorId: "9" }]
  expect((await run({ sends, log: others }, again(1000))).outcome).toMatchObject({ kind: "later", isIn: "maybe" })
  expect((await run({ sends, log: others }, again(120_000))).outcome).toEqual({ kind: "failed", code: "FORBIDDEN" })
  const gone = new AppError("UNKNOWN_CHANNEL", "gone")
  expect((await run({ sends, log: gone }, again(120_000))).outcome).toEqual({ kind: "failed", code: "FORBIDDEN" })
  // Nor does a log that cannot be asked: it is asked again, less and less often.
  for (const log of [away, new Error("a bug")])
    expect((await run({ sends, log }, again(120_000))).outcome).toEqual({ kind: "later", inMs: 30_000, isIn: "maybe" })
})
