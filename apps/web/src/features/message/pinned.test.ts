import { describe, expect, it, vi } from "vitest"
import { createPinned } from "./pinned.ts"

const ready = (reset: boolean) => ({ pos: "1", connectionId: "c", reset, channelIds: [], heads: {}, readStates: [] })

const setup = () => {
  const answers: { resolve: (seqs: number[]) => void; reject: () => void }[] = []
  const pinned = createPinned({
    seqs: () =>
      new Promise((resolve, reject) =>
        answers.push({ resolve: (seqs) => resolve({ seqs }), reject: () => reject(new Error("away")) }),
      ),
  })
  return { pinned, answers }
}
const of = (pinned: ReturnType<typeof setup>["pinned"]) => [...pinned.of("7")].sort()

describe("which messages are pinned", () => {
  it("is asked once a channel, and kept true by what is heard, also while it is asked", async () => {
    const { pinned, answers } = setup()
    const heard = vi.fn()
    pinned.watch("7", heard)
    pinned.watch("7", () => {})
    expect(answers).toHaveLength(1)
    pinned.added({ channelId: "7", seq: 5, pinnedBy: "1", pinnedAt: 0 })
    pinned.removed({ channelId: "7", seq: 2 })
    answers[0]?.resolve([2, 3])
    await vi.waitFor(() => expect(of(pinned)).toEqual([3, 5]))
    pinned.removed({ channelId: "7", seq: 3 })
    expect(of(pinned)).toEqual([5])
    expect(heard).toHaveBeenCalledTimes(4)
    pinned.added({ channelId: "8", seq: 1, pinnedBy: "1", pinnedAt: 0 })
    expect([...pinned.of("8")]).toEqual([])
  })

  it("is asked again after a failure, and when the connection begins anew", async () => {
    const { pinned, answers } = setup()
    pinned.watch("7", () => {})
    answers[0]?.reject()
    await Promise.resolve()
    await vi.waitFor(() => {
      pinned.ready(ready(false))
      expect(answers).toHaveLength(2)
    })
    answers[1]?.resolve([1])
    await vi.waitFor(() => expect(of(pinned)).toEqual([1]))
    pinned.ready(ready(false))
    expect(answers).toHaveLength(2)
    pinned.ready(ready(true))
    expect(answers).toHaveLength(3)
  })

  it("is what the newest question was answered: one from before the connection began anew says nothing", async () => {
    const { pinned, answers } = setup()
    pinned.watch("7", () => {})
    pinned.ready(ready(true))
    expect(answers).toHaveLength(2)
    answers[1]?.resolve([2])
    await vi.waitFor(() => expect(of(pinned)).toEqual([2]))
    answers[0]?.resolve([1])
    await Promise.resolve()
    await Promise.resolve()
    expect(of(pinned)).toEqual([2])
    pinned.ready(ready(true))
    pinned.ready(ready(true))
    answers[2]?.reject()
    await Promise.resolve()
    await Promise.resolve()
    pinned.ready(ready(false))
    expect(answers).toHaveLength(4)
  })
})
