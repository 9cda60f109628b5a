import { AppError } from "@hearth/core"
import { Contended, type Draft, type MessageStore, type Op } from "@hearth/db/message-store"
import { waitUntil } from "@hearth/testing"
import { describe, expect, test } from "vitest"
import type { Metrics } from "../metrics.ts"
import { defaultSizes } from "../timings.ts"
import { type ChannelLogDeps, createChannelLog } from "./channel-log.ts"

const draft = (nonce: string): Draft => ({ authorId: "1", nonce, content: "hello", replyTo: null })

/** On a node that is alone: everything is its own. */
const logOver = (store: MessageStore, more: Partial<ChannelLogDeps> = {}) => {
  const observe = { observe: () => {} }
  return createChannelLog({
    store,
    sizes: defaultSizes,
    metrics: { append: observe, batch: observe } as unknown as Metrics,
    owners: { ownerOf: () => null, suspect: () => {} } as never,
    forward: () => Promise.reject(new Error("nobody")),
    onPacket: () => {},
    onUnknown: () => {},
    tells: () => true,
    leaving: () => null,
    gatherMs: 10,
    ...more,
  })
}

const hanging = (sizes: { inFlight: number; inFlightOfChannel: number }) =>
  logOver({ append: () => new Promise(() => {}) } as unknown as MessageStore, {
    sizes: { ...defaultSizes, ...sizes },
  })
const refused = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error)

test("of a channel whose queue is full the asker learns that it is crowded: no other node could write more of it", async () => {
  const log = hanging({ inFlight: 10, inFlightOfChannel: 2 })
  for (const nonce of ["a", "b"]) void log.append("7", draft(nonce))
  const error = await refused(log.append("7", draft("c")))
  expect(error).toBeInstanceOf(Contended)
  expect(error).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 1000 })
})

test("a node that is full as a whole may be passed over", async () => {
  const log = hanging({ inFlight: 2, inFlightOfChannel: 2 })
  for (const id of ["7", "8"]) void log.append(id, draft("a"))
  const error = await refused(log.append("9", draft("a")))
  expect(error).toBeInstanceOf(AppError)
  expect(error).not.toBeInstanceOf(Contended)
})

test("of one person on one message a change has one reaction: each is told with an mver of its own", async () => {
  const changes: Op[][] = []
  const store = {
    kind: "postgres",
    change: async (_channelId: string, ops: Op[]) => {
      changes.push(ops)
      return { results: ops.map(() => ({ status: "missing" })), packets: [] }
    },
  } as unknown as MessageStore
  const log = logOver(store)
  const vote = (userId: string, emoji: string, seq = 1): Op => ({ kind: "react", seq, emoji, userId, on: true })
  const ops = [vote("9", "1️⃣"), vote("1", "1️⃣"), vote("2", "1️⃣"), vote("1", "1️⃣", 2), vote("1", "2️⃣"), vote("2", "2️⃣")]
  await Promise.all(ops.map((op) => log.changeHere("7", op)))
  // The first goes alone: nothing waited beside it.
  expect(changes).toEqual([ops.slice(0, 1), ops.slice(1, 4), ops.slice(4)])
})

test("who asks for another node is told whether this one tells of what it stored: not of what was there, nor of what it does not know", async () => {
  const store = {
    kind: "postgres",
    append: async (_channelId: string, drafts: Draft[]) => ({
      results: drafts.map(({ nonce }) => ({ status: nonce })),
      packet: null,
    }),
  } as unknown as MessageStore
  const log = logOver(store, { tells: (channelId) => channelId === "7" })
  expect(await log.appendHere("7", draft("stored"))).toMatchObject({ isTold: true })
  expect(await log.appendHere("7", draft("duplicate"))).toMatchObject({ isTold: false })
  expect(await log.appendHere("8", draft("stored"))).toMatchObject({ isTold: false })
  expect(await log.append("7", draft("stored"))).not.toHaveProperty("isTold")
})

describe("what comes while what was stored before leaves for its viewers", () => {
  const gathering = (gatherMs: number) => {
    const appended: string[][] = []
    const left = Promise.withResolvers<void>()
    const state = { leaving: false }
    let storing = Promise.resolve()
    const stored = {
      wait: () => {
        const waiting = Promise.withResolvers<void>()
        storing = waiting.promise
        return waiting
      },
    }
    const store = {
      kind: "postgres",
      append: async (_channelId: string, drafts: Draft[]) => {
        appended.push(drafts.map(({ nonce }) => nonce))
        await storing
        return { results: drafts.map(() => ({ status: "stored" })), packet: null }
      },
      change: async () => {
        appended.push(["a vote"])
        return { results: [{ status: "missing" }], packets: [] }
      },
    } as unknown as MessageStore
    const log = logOver(store, {
      sizes: { ...defaultSizes, batchDrafts: 4 },
      leaving: (channelId) => (state.leaving && channelId === "7" ? left.promise : null),
      gatherMs,
    })
    const send = (nonces: string, channelId = "7") =>
      Promise.all([...nonces].map((nonce) => log.append(channelId, draft(nonce))))
    const vote = () => log.change("7", { kind: "react", seq: 1, emoji: "🔥", userId: "1", on: true })
    return { appended, state, left, stored, send, vote }
  }
  const MINUTE_MS = 60_000

  test("is stored together, and who is alone waits for nobody", async () => {
    const { appended, state, left, send } = gathering(MINUTE_MS)
    await send("a")
    state.leaving = true
    const sent = Promise.all([send("b"), send("c")])
    await send("x", "8")
    expect(appended).toEqual([["a"], ["x"]])
    state.leaving = false
    left.resolve()
    await sent
    expect(appended).toEqual([["a"], ["x"], ["b", "c"]])
  })

  test("waits no longer than it may: nobody's ack depends on how many look", async () => {
    const { appended, state, send } = gathering(20)
    state.leaving = true
    await send("ab")
    expect(appended).toEqual([["a", "b"]])
  })

  test("does not wait where it would not grow: a change stands behind it", async () => {
    const { appended, state, left, stored, send, vote } = gathering(MINUTE_MS)
    const first = stored.wait()
    const sent = Promise.all([send("ab"), vote(), send("c")])
    state.leaving = true
    first.resolve()
    await waitUntil("what stands before the last", () => appended.length > 2)
    expect(appended).toEqual([["a"], ["b"], ["a vote"]])
    left.resolve()
    await sent
    expect(appended.at(-1)).toEqual(["c"])
  })

  test("is stored at once where one append is full without it", async () => {
    const { appended, state, left, stored, send } = gathering(MINUTE_MS)
    const first = stored.wait()
    const sent = send("abcdef")
    state.leaving = true
    first.resolve()
    await waitUntil("a full append", () => appended.length > 1)
    expect(appended).toEqual([["a"], ["b", "c", "d", "e"]])
    left.resolve()
    await sent
    expect(appended.at(-1)).toEqual(["f"])
  })
})
