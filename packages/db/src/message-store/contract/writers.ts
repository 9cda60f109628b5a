import { expect, test } from "vitest"
import type { AppendResult, MessageStore } from "../port.ts"
import { appendAll, ascending, type Bed, draft, insist, messageOf, readAll } from "./bed.ts"

export const writerCases = (bed: () => Bed): void => {
  for (const writers of [1, 3, 6])
    test(`${writers} at once: dense, in order, ids rising, one row a nonce`, { timeout: 60_000 }, async () => {
      const channel = await bed().newChannel()
      const stores = await Promise.all(Array.from({ length: writers }, () => bed().open()))
      // Everybody sends own messages in turn, and every third of them is also sent by the next writer, as a client's
      // retry on another node would be.
      const plans = stores.map((_, w) =>
        Array.from({ length: 20 }, (_, i) => draft(`${w}-${i}`, { authorId: String(2000 + w) })),
      )
      const answers = await Promise.all(
        stores.map(async (store, w) => {
          const mine: AppendResult[] = []
          for (const [i, one] of (plans[w] ?? []).entries()) {
            const rival = i % 3 === 0 ? plans[(w + 1) % writers]?.[i] : undefined
            const sent = [one, rival].flatMap((d) => (d ? insist(() => appendAll(store, channel, [d])) : []))
            const [answer] = await Promise.all(sent)
            mine.push(...(answer ?? []))
          }
          return mine
        }),
      )
      const log = await readAll(await bed().open(), channel)
      expect(log.map((m) => m.seq)).toEqual(Array.from({ length: writers * 20 }, (_, i) => i + 1))
      expect(ascending(log.map((m) => m.id))).toBe(true)
      expect(new Set(log.map((m) => m.nonce)).size).toBe(log.length)
      const bySeq = new Map(log.map((m) => [m.seq, m]))
      for (const mine of answers) {
        const told = mine.map(messageOf)
        for (const m of told) expect(bySeq.get(m.seq)).toEqual(m)
        // One after the other by one author: their numbers rise too, but for those that a rival may have sent before.
        const own = told.filter((_, i) => i % 3 !== 0).map((m) => m.seq)
        expect(own).toEqual([...own].sort((x, y) => x - y))
      }
    })

  test("appends and changes at once: each packet has a ver of its own, none is missing", {
    timeout: 60_000,
  }, async () => {
    const channel = await bed().newChannel()
    const [a, b] = await Promise.all([bed().open(), bed().open()])
    await a.append(channel, [draft("target"), draft("target")])
    const vers: number[] = []
    const sends = async () => {
      for (let i = 0; i < 15; i++) {
        const one = draft(`s${i}`)
        const { packet } = await insist(() => a.append(channel, [one]))
        if (packet) vers.push(packet.ver)
      }
    }
    const reacts = async (store: MessageStore, seq: number) => {
      for (let i = 0; i < 15; i++) {
        const op = { kind: "react", seq, emoji: "👍", userId: String(3000 + i), on: true } as const
        const { packets } = await insist(() => store.change(channel, [op]))
        vers.push(...packets.map((p) => p.ver))
      }
    }
    await Promise.all([sends(), reacts(a, 1), reacts(b, 2)])
    expect(vers.sort((x, y) => x - y)).toEqual(Array.from({ length: 45 }, (_, i) => i + 2))
    const log = await readAll(a, channel)
    expect(log.slice(0, 2).map((m) => m.reactions)).toEqual([{ "👍": 15 }, { "👍": 15 }])
    expect(log).toHaveLength(17)
  })
}
