import { expect, test, vi } from "vitest"
import type { Connection } from "../connection.ts"
import { defaultTimings } from "../timings.ts"
import { createMentions, type MentionsDeps } from "./mentions.ts"

test("what is unread is told by a node that is up to date, and by no other", async () => {
  let fresh = true
  const deps = {
    db: { execute: async () => ({ rows: [{ u: "1", c: "2", seqs: [3] }] }) },
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
  expect(await connect()).toHaveBeenCalledWith("mention:unread", { mentions: { "2": [3] }, all: true })
  fresh = false
  expect(await connect()).not.toHaveBeenCalled()
  await mentions.close?.()
})
