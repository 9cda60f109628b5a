import { expect, test, vi } from "vitest"
import type { Message, Packet } from "@hearth/core"
import type { Connection } from "../connection.ts"
import { defaultTimings } from "../timings.ts"
import { createMentions, type MentionsDeps } from "./mentions.ts"

test("what is unread is told by a node that is up to date, and by no other", async () => {
  let fresh = true
  const deps = {
    // Of channels and of threads alike: this one hangs in another channel.
    db: { execute: async () => ({ rows: [{ u: "1", c: "2", p: "7", seqs: [3] }] }) },
    access: { can: () => true },
    fresh: () => fresh,
    timings: defaultTimings,
  }
  const mentions = createMentions(deps as unknown as MentionsDeps)
  const connect = async () => {
    const emit = vi.fn()
    mentions.opened?.({ userId: "1", socket: { emit } } as unknown as Connection)
    await mentions.unreadOf("1")
    // What was read for both at once is answered by now.
    await new Promise((resolve) => setImmediate(resolve))
    return emit
  }
  expect(await connect()).toHaveBeenCalledWith("mention:unread", {
    mentions: { "2": [3] },
    deleted: { "2": [3] },
    parents: { "2": "7" },
    all: true,
  })
  fresh = false
  expect(await connect()).not.toHaveBeenCalled()
  await mentions.close?.()
})

test("marks of threads are told while one may view the channels that they hang in", async () => {
  const mark = (channelId: string, parentId: string) => ({ userId: "1", channelId, lastReadSeq: 3, parentId })
  const deps = {
    db: { execute: async () => ({ rows: [mark("71", "7"), mark("81", "8")] }) },
    access: { can: (_: string, permission: string, id: string) => permission === "VIEW_CHANNEL" && id === "7" },
    log: { warn: () => {} },
    fresh: () => true,
    timings: defaultTimings,
  }
  const mentions = createMentions(deps as unknown as MentionsDeps)
  const emit = vi.fn()
  mentions.opened?.({ userId: "1", socket: { emit } } as unknown as Connection)
  await vi.waitFor(() => expect(emit).toHaveBeenCalledWith("reads:marked", expect.anything()))
  expect(emit).toHaveBeenCalledWith("reads:marked", { readStates: [{ channelId: "71", lastReadSeq: 3 }] })
  await mentions.close?.()
})

test("a burst in a thread is gathered before the message that it hangs on says so", async () => {
  vi.useFakeTimers()
  const learn = vi.fn(async () => {})
  const deps = {
    // Whoever reads the log begins with its cursor: that fails here, and the sweep would come back to it.
    db: { execute: vi.fn(async () => Promise.reject(new Error("away"))) },
    access: { learn, threadAt: () => ({ channelId: "1", seq: 1 }), guildOf: () => "9" },
    fresh: () => true,
    timings: defaultTimings,
    log: { warn: () => {} },
  }
  const mentions = createMentions(deps as unknown as MentionsDeps)
  const said = { content: "hm", version: 1, replyTo: null, deleted: false } as Message
  const kinds = [said, { ...said, replyTo: 1 }, { ...said, content: "<@3>" }, { ...said, version: 2 }]
  for (let i = 0; i < 50; i++)
    for (const item of kinds) mentions.moved({ channelId: "7", items: [item] } as unknown as Packet)
  await vi.advanceTimersByTimeAsync(0)
  expect(deps.db.execute).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(defaultTimings.threadLine)
  expect(deps.db.execute).toHaveBeenCalledOnce()
  vi.useRealTimers()
  await mentions.close?.()
})
