import type { Bootstrap, CatchUpItem } from "@hearth/core"
import { describe, expect, it } from "vitest"
import { afterDone, entriesOf, stepFrom, unreadPlaces } from "./entries.ts"

const b = {
  guilds: [
    { guild: { id: "1", name: "Home" }, channels: [{ id: "11" }, { id: "12" }, { id: "13" }] },
    { guild: { id: "2", name: "Shed" }, channels: [{ id: "21" }] },
  ],
  heads: { "11": 5, "12": 2, "13": 4, "21": 1 },
  readStates: [{ channelId: "12", lastReadSeq: 2 }],
  mentions: { "21": [1] },
  threads: [
    { id: "101", channelId: "12", head: 4 },
    { id: "102", channelId: "12", head: 9 },
  ],
} as unknown as Bootstrap
const item = (guildId: string, channelId: string) => ({ guildId, channelId }) as CatchUpItem
const items = [item("1", "11"), item("1", "12"), item("2", "21"), item("1", "13"), item("1", "13"), item("9", "91")]
const thread = (id: string) => ({ ...item("1", "12"), thread: { id, replies: 6, lastReadSeq: 4 } }) as CatchUpItem

describe("what is left to catch up with", () => {
  const { asks, moved } = entriesOf(b, items)
  const all = [...asks, ...moved]
  const ids = (entries: typeof all) => entries.map((e) => e.channel.id)

  it("is what asks for the reader, then what moved, each once, without what was read or is gone", () => {
    expect([ids(asks), ids(moved)]).toEqual([["21"], ["11", "13"]])
    expect(asks[0]).toMatchObject({ server: "Shed", asks: 1, unread: 1 })
    expect(unreadPlaces(b)).toBe(5)
  })

  it("is a thread under its own id, once: not when it was read; what was told of it since counts, too", () => {
    const { asks, threads, moved } = entriesOf(b, [thread("101"), thread("101"), thread("102"), thread("103")])
    expect([ids(asks), ids(threads), ids(moved)]).toEqual([[], ["101", "102"], []])
    expect(threads[0]).toMatchObject({ server: "Home", unread: 2, channel: { id: "101" } })
    expect(threads[1]).toMatchObject({ unread: 5 })
  })

  it("is walked through to its ends, and begun at the first", () => {
    expect(stepFrom(all, undefined, 1)?.channel.id).toBe("21")
    expect(stepFrom(all, "21", 1)?.channel.id).toBe("11")
    expect(stepFrom(all, "13", 1)?.channel.id).toBe("13")
    expect(stepFrom(all, "21", -1)?.channel.id).toBe("21")
    expect(stepFrom([], "21", 1)).toBeNull()
  })

  it("goes on from what is done, and back at the end", () => {
    expect(afterDone(all, "21")?.channel.id).toBe("11")
    expect(afterDone(all, "13")?.channel.id).toBe("11")
    expect(afterDone(all.slice(0, 1), "21")).toBeNull()
  })
})
