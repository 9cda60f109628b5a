import type { Message } from "@hearth/core"
import { describe, expect, it } from "vitest"
import { newcomers } from "./newcomers.ts"

const list = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i }) as unknown as Message)
const seqs = (before: Message[], now: Message[]) => newcomers(before, now).map((m) => m.seq)

describe("the newcomers of a list", () => {
  it("are those above and those below, and all of a list that begins", () => {
    expect(seqs([], list(1, 3))).toEqual([1, 2, 3])
    expect(seqs(list(5, 9), list(3, 11))).toEqual([3, 4, 10, 11])
    expect(seqs(list(5, 9), list(5, 9))).toEqual([])
    expect(seqs(list(5, 9), list(6, 9))).toEqual([])
  })

  it("are all, in another place of the channel", () => {
    expect(seqs(list(5, 9), list(50, 52))).toEqual([50, 51, 52])
    expect(seqs(list(50, 52), list(5, 6))).toEqual([5, 6])
  })
})
