import { applyChanges, applyPacket, type ChannelView, emptyView, type Message, type Packet } from "@hearth/core"
import { describe, expect, test } from "vitest"
import { createRecent } from "./recent.ts"

const message = (seq: number, mver: number, content = `${seq}`): Message => ({
  channelId: "1",
  seq,
  id: String(seq),
  mver,
  version: 1,
  authorId: "2",
  nonce: `nonce-nonce-nonce-${seq}`,
  content,
  createdAt: 0,
  editedAt: null,
  deleted: false,
  replyTo: null,
  reactions: {},
})
const packet = (ver: number, head: number, items: Message[], scope = -1): Packet => ({
  channelId: "1",
  scope,
  ver,
  head,
  items,
})
const said = (ver: number, seq: number) => packet(ver, seq, [message(seq, ver)])
const edited = (ver: number, seq: number, head: number) => packet(ver, head, [message(seq, ver, `${seq} at ${ver}`)])

/** Who has the messages up to there, each told by one packet. */
const viewUpTo = (head: number): ChannelView => ({
  ...emptyView("1"),
  span: { from: 1, to: head },
  marks: { "-1": head },
  messages: Array.from({ length: head }, (_, i) => message(i + 1, i + 1)),
  head,
  live: true,
})

const recentFrom = (head: number) => {
  let now = 0
  const recent = createRecent(head, () => now)
  return { recent, later: (ms: number) => void (now += ms) }
}

describe("what a node remembers for those who pull", () => {
  test("who pulls gets what pushing would have brought: new messages, changed ones, marks", () => {
    const { recent } = recentFrom(2)
    const packets = [said(3, 3), edited(4, 1, 3), said(5, 4), edited(6, 4, 4)]
    for (const p of packets) recent.take(p)
    for (const [behind, pushed] of [
      [viewUpTo(2), packets],
      [applyPacket(viewUpTo(2), packets[0] as Packet), packets.slice(1)],
    ] as const) {
      const changes = recent.since(behind)
      if (!changes) throw new Error("it was not known")
      const pulled = applyChanges(behind, changes)
      expect(pulled).toEqual(pushed.reduce(applyPacket, behind))
      expect(pulled.span?.to).toBe(4)
    }
  })

  test("who has everything gets nothing, and costs nothing", () => {
    const { recent } = recentFrom(2)
    expect(recent.since(viewUpTo(2))).toMatchObject({ messages: [], changed: [], head: 2 })
    recent.take(said(3, 3))
    expect(recent.since(viewUpTo(3))).toMatchObject({ messages: [], changed: [], marks: { "-1": 3 }, head: 3 })
  })

  test("who is further behind, further ahead, or has nothing, is the store's", () => {
    const { recent } = recentFrom(2)
    recent.take(said(3, 3))
    expect(recent.since(emptyView("1"))).toBeNull()
    expect(recent.since(viewUpTo(1))).toBeNull()
    expect(recent.since(viewUpTo(4))).toBeNull()
    expect(recent.since({ ...viewUpTo(3), marks: { "-1": 1 } })).toBeNull()
  })

  test("twice is once", () => {
    const { recent } = recentFrom(2)
    for (const p of [said(3, 3), said(3, 3), said(4, 4)]) recent.take(p)
    expect(recent.since(viewUpTo(2))?.messages.map((m) => m.seq)).toEqual([3, 4])
  })

  test.each([
    ["a message", said(5, 5)],
    ["an edit", edited(5, 1, 3)],
  ])("after a hole before %s only those who lack nothing are answered", (_, after) => {
    const { recent } = recentFrom(2)
    recent.take(said(3, 3))
    recent.take(after)
    recent.take(packet(4, 4, [message(4, 4)]))
    expect(recent.since(viewUpTo(2))).toBeNull()
    expect(recent.since(viewUpTo(3))).toBeNull()
    const { head } = after
    recent.take(said(6, head + 1))
    const behind = { ...viewUpTo(head), marks: { "-1": 5 } }
    expect(recent.since(behind)?.messages.map((m) => m.seq)).toEqual([head + 1])
  })

  test("what is advertised and does not come is lost: the store is asked then, and not before", () => {
    for (const lost of [() => said(4, 4), () => edited(4, 1, 3)]) {
      const { recent, later } = recentFrom(2)
      recent.take(said(3, 3))
      recent.advertised(lost().head, { "-1": 4 })
      expect(recent.since(viewUpTo(3))).not.toBeNull()
      later(1_000)
      expect(recent.since(viewUpTo(3))).toBeNull()
    }
  })

  test("what is advertised and comes a little later was not lost", () => {
    const { recent, later } = recentFrom(2)
    recent.take(said(3, 3))
    recent.advertised(4, { "-1": 4 })
    recent.take(said(4, 4))
    later(1_000)
    expect(recent.since(viewUpTo(2))?.messages.map((m) => m.seq)).toEqual([3, 4])
  })

  test("marks that are advertised before the first packet say how far it was", () => {
    const { recent } = recentFrom(2)
    recent.advertised(2, { "-1": 4 })
    expect(recent.since({ ...viewUpTo(2), marks: { "-1": 3 } })).toBeNull()
    expect(recent.since({ ...viewUpTo(2), marks: { "-1": 4 } })).not.toBeNull()
  })

  test("a bucket that begins is part of the answer, one before the span is none of its business", () => {
    const { recent } = recentFrom(1000)
    recent.take(packet(70, 1000, [message(5, 70)], 0))
    recent.take(packet(1, 1001, [message(1001, 1)], 1))
    const inFirst: ChannelView = {
      ...viewUpTo(0),
      span: { from: 999, to: 1000 },
      marks: { "0": 69 },
      messages: [message(999, 1), message(1000, 2)],
      head: 1000,
    }
    expect(recent.since(inFirst)).toMatchObject({ messages: [{ seq: 1001 }], changed: [], marks: { "0": 70, "1": 1 } })
    const inSecond = { ...inFirst, span: { from: 1001, to: 1001 }, marks: { "1": 1 } }
    expect(recent.since(inSecond)).toMatchObject({ messages: [], changed: [], marks: { "1": 1 } })
    expect(recent.since({ ...inFirst, span: { from: 5, to: 1000 }, marks: {} })).toBeNull()
  })

  test("it stays small, and whoever is behind that is the store's", () => {
    const { recent } = recentFrom(0)
    for (let seq = 1; seq <= 600; seq++) recent.take(said(seq, seq))
    expect(recent.since(viewUpTo(80))).toBeNull()
    expect(recent.since(viewUpTo(100))?.messages).toHaveLength(500)
  })
})
