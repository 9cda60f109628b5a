import type { Message } from "@hearth/core"
import { describe, expect, it } from "vitest"
import { buildRows } from "./rows.ts"
import { newestRows, rowsFrom, sureRows } from "./sure-rows.ts"

const rowsBy = (authors: string, { from = 101, newAfter = null as number | null } = {}) =>
  buildRows(
    [...authors].map((author, i) => {
      const seq = from + i
      const createdAt = new Date(2026, 4, 5, 12).getTime() + seq * 1000
      const rest = { channelId: "9", mver: 1, version: 1, editedAt: null, deleted: false, replyTo: null, reactions: {} }
      return { ...rest, seq, id: `${seq}`, authorId: author, nonce: `nonce-${seq}`, content: "", createdAt } as Message
    }),
    [],
    { me: "z", newAfter },
  )
const seqs = (rows: ReturnType<typeof sureRows>) => rows.map((r) => (r.kind === "message" ? r.message.seq : 0))

describe("while older messages are not loaded", () => {
  it("the first that is drawn begins a group for sure, and stays as it is when the page before it comes", () => {
    const short = sureRows(rowsBy("aabb"), true, undefined)
    expect(seqs(short)).toEqual([103, 104])
    const long = rowsBy("caaabb", { from: 99 })
    expect(short.map((r) => [r.leads, r.day])).toEqual(long.slice(-2).map((r) => [r.leads, r.day]))
  })

  it("all are drawn where the channel begins", () => {
    expect(seqs(sureRows(rowsBy("aabb"), false, undefined))).toEqual([101, 102, 103, 104])
  })

  it("all are drawn when nothing, or only what is far down, is sure", () => {
    expect(sureRows(rowsBy("aaa"), true, undefined)).toHaveLength(3)
    expect(sureRows(rowsBy("aaaaaaaaab"), true, undefined)).toHaveLength(10)
  })

  it("all are drawn when a link leads to one of the first, or new begins there", () => {
    expect(sureRows(rowsBy("aabb"), true, 102)).toHaveLength(4)
    expect(sureRows(rowsBy("aabb", { newAfter: 100 }), true, undefined)).toHaveLength(4)
    expect(sureRows(rowsBy("aabb", { newAfter: 102 }), true, undefined)).toHaveLength(2)
  })
})

describe("a first frame at the end of a log", () => {
  it("has the newest rows that fill the screen, however low they are, with the heads that they have in the whole", () => {
    const all = rowsBy("a".repeat(30) + "bcdefghij")
    const shown = newestRows(all, 500)
    expect(seqs(shown)).toEqual(Array.from({ length: 19 }, (_, i) => 121 + i))
    expect(shown.map((r) => r.leads)).toEqual(all.slice(-19).map((r) => r.leads))
  })

  it("goes on from the same row while messages come", () => {
    const before = rowsBy("abcdef")
    const after = rowsBy("abcdefg")
    expect(seqs(rowsFrom(after, before[3]?.key ?? ""))).toEqual([104, 105, 106, 107])
    expect(rowsFrom(after, "s:1")).toBe(after)
  })

  it("has all that there are when they do not fill it", () => {
    expect(newestRows(rowsBy("ab"), 500)).toHaveLength(2)
    expect(newestRows([], 500)).toEqual([])
  })
})
