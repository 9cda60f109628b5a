import { describe, expect, it } from "vitest"
import type { Bootstrap, Channel, GuildSnapshot, Role } from "./entity.ts"
import { applyEvent } from "./snapshot.ts"

const channel = (id: string, position: number, guildId = "1"): Channel => ({
  id,
  guildId,
  name: `c${id}`,
  topic: "",
  position,
  overwrites: [],
})
const role = (id: string, position: number): Role => ({
  id,
  guildId: "1",
  name: `r${id}`,
  position,
  permissions: "0",
  hoisted: false,
})
const guild = (id: string, channels: Channel[]): GuildSnapshot => ({
  guild: { id, name: `g${id}`, ownerId: "9" },
  roles: [{ ...role(id, 0), guildId: id }],
  channels,
  myRoleIds: [],
})
const state: Bootstrap = {
  pos: "9",
  instance: { name: "Hearth", version: "0" },
  me: { id: "7", displayName: "Ada", email: "ada@example.org", isInstanceAdmin: false },
  guilds: [guild("1", [channel("11", 0), channel("12", 1)])],
  readStates: [{ channelId: "11", lastReadSeq: 3 }],
  heads: { "11": 5, "12": 0 },
}
const freeze = <T>(value: T): T => {
  if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) freeze(part)
    Object.freeze(value)
  }
  return value
}
freeze(state)
const ids = (s: Bootstrap) => s.guilds.map((g) => g.channels.map((c) => c.id))

describe("applyEvent", () => {
  it("passes over what the snapshot has in it already, by number and not by text", () => {
    const added = channel("13", 2)
    expect(applyEvent(state, "channel:added", added, "9")).toBe(state)
    expect(applyEvent(state, "channel:added", added, "8")).toBe(state)
    const next = applyEvent(state, "channel:added", added, "10")
    expect(next.pos).toBe("10")
    expect(ids(next)).toEqual([["11", "12", "13"]])
    expect(next.heads["13"]).toBe(0)
  })
  it("keeps what it does not touch, and never changes in place", () => {
    const two = applyEvent(state, "guild:added", guild("2", [channel("21", 0, "2")]), "10")
    const next = applyEvent(two, "guild:updated", { id: "2", name: "new", ownerId: "9" }, "11")
    expect(next.guilds[0]).toBe(state.guilds[0])
    expect(next.guilds[1]?.guild.name).toBe("new")
    expect(next.readStates).toBe(state.readStates)
  })
  it("takes a guild away with the heads and marks of its channels", () => {
    const next = applyEvent(state, "guild:removed", { guildId: "1" }, "10")
    expect(next).toMatchObject({ guilds: [], heads: {}, readStates: [] })
  })
  it("takes a guild that comes again as it is now", () => {
    const next = applyEvent(state, "guild:added", guild("1", [channel("12", 4), channel("14", 2)]), "10")
    expect(ids(next)).toEqual([["14", "12"]])
  })
  it("orders channels by position, then by age", () => {
    const moved = applyEvent(state, "channels:reordered", { guildId: "1", channelIds: ["12", "11"] }, "10")
    expect(ids(moved)).toEqual([["12", "11"]])
    const same = applyEvent(state, "channel:added", channel("9", 1), "10")
    expect(ids(same)).toEqual([["11", "9", "12"]])
  })
  it("hears nothing of channels and guilds that it does not see", () => {
    expect(applyEvent(state, "channel:updated", channel("99", 0)).guilds).toBe(state.guilds)
    expect(applyEvent(state, "channel:added", channel("21", 0, "2")).guilds).toBe(state.guilds)
    expect(applyEvent(state, "guild:updated", { id: "2", name: "x", ownerId: "9" }).guilds).toBe(state.guilds)
    expect(applyEvent(state, "read:marked", { channelId: "99", lastReadSeq: 4 }).readStates).toBe(state.readStates)
    expect(applyEvent(state, "channel:activity", { heads: { "99": 4 } })).toBe(state)
  })
  it("raises heads and never lowers them", () => {
    expect(applyEvent(state, "channel:activity", { heads: { "11": 6, "12": 0 } }).heads).toEqual({ "11": 6, "12": 0 })
    expect(applyEvent(state, "channel:activity", { heads: { "11": 4 } })).toBe(state)
    const packet = { channelId: "12", scope: -1, ver: 3, head: 2, items: [] }
    expect(applyEvent(state, "channel:changed", [packet]).heads["12"]).toBe(2)
    expect(applyEvent(state, "channel:heads", { heads: [{ channelId: "12", head: 4, marks: {} }] }).heads["12"]).toBe(4)
  })
  it("takes a read mark as it comes, also one that was set back on purpose", () => {
    const next = applyEvent(state, "read:marked", { channelId: "11", lastReadSeq: 1 })
    expect(next.readStates).toEqual([{ channelId: "11", lastReadSeq: 1 }])
  })
  it("changes roles, and forgets one everywhere when it goes", () => {
    const withRole = applyEvent(state, "role:added", role("5", 1), "10")
    const mine = applyEvent(withRole, "me:roles", { guildId: "1", roleIds: ["5"] }, "11")
    const overwrite = { target: "role" as const, targetId: "5", allow: "1", deny: "0" }
    const used = applyEvent(mine, "channel:updated", { ...channel("11", 0), overwrites: [overwrite] }, "12")
    expect(used.guilds[0]).toMatchObject({ myRoleIds: ["5"], channels: [{ overwrites: [overwrite] }, {}] })
    const gone = applyEvent(used, "role:removed", { guildId: "1", roleId: "5" }, "13")
    expect(gone.guilds).toEqual(state.guilds)
  })
  it("knows oneself by id", () => {
    expect(applyEvent(state, "me:updated", { id: "7", displayName: "Zoë" }).me).toEqual({
      ...state.me,
      displayName: "Zoë",
    })
    expect(applyEvent(state, "me:updated", { id: "8", displayName: "Bob" })).toBe(state)
    expect(applyEvent(state, "user:updated", { id: "8", displayName: "Bob" })).toBe(state)
  })
  it("drops channels that a gateway says are not to be seen any more, and takes its heads, marks and position", () => {
    const ready = {
      pos: "20",
      connectionId: "x",
      reset: false,
      channelIds: ["12", "77"],
      heads: { "12": 8, "77": 1 },
      readStates: [{ channelId: "12", lastReadSeq: 2 }],
    }
    const next = applyEvent(state, "gateway:ready", ready)
    expect(next).toMatchObject({ pos: "20", heads: { "12": 8 }, readStates: [{ channelId: "12", lastReadSeq: 2 }] })
    expect(ids(next)).toEqual([["12"]])
    expect(Object.keys(next.heads)).toEqual(["12"])
    // After a reset nothing was sent in between: the position stays, so that the snapshot to come is not passed over.
    expect(applyEvent(state, "gateway:ready", { ...ready, reset: true }).pos).toBe("9")
  })

  it("keeps what addresses the reader as numbers, so that nothing counts twice", () => {
    const me = { channelId: "11", kind: "user", authorId: "8", targetId: "7" } as const
    const hear = (s: Bootstrap, seq: number, more: object = {}) =>
      applyEvent(s, "mention:added", { ...me, seq, ...more })
    const two = hear(hear(hear(state, 7), 6), 7)
    expect(two.mentions).toEqual({ "11": [6, 7] })
    expect(two.heads["11"]).toBe(7)
    expect(hear(state, 6, { targetId: "1", kind: "everyone" }).mentions).toEqual({ "11": [6] })
    for (const other of [{ targetId: "9" }, { authorId: "7" }, { targetId: "1", channelId: "99" }])
      expect(hear(state, 6, other)).toBe(state)
    const role = { targetId: "55", kind: "role" }
    expect(hear(state, 6, role)).toBe(state)
    const withRole = applyEvent(state, "me:roles", { guildId: "1", roleIds: ["55"] })
    expect(hear(withRole, 6, role).mentions).toEqual({ "11": [6] })
    expect(applyEvent(two, "mention:removed", { channelId: "11", seq: 6, targetId: "7" }).mentions).toEqual({
      "11": [7],
    })
    expect(applyEvent(two, "mention:removed", { channelId: "11", seq: 6, targetId: "9" })).toBe(two)
    expect(applyEvent(two, "channel:removed", { guildId: "1", channelId: "11" }).mentions).toEqual({})
    const one = { mentions: { "12": [3] } }
    expect(applyEvent(two, "mention:unread", { ...one, all: false }).mentions).toEqual({ "11": [6, 7], "12": [3] })
    expect(applyEvent(two, "mention:unread", { ...one, all: true }).mentions).toEqual({ "12": [3] })
  })

  it("[5.20] knows what was deleted as numbers, of channels that one sees, the newest 200", () => {
    const tell = (s: Bootstrap, deleted: Record<string, number[]>) =>
      applyEvent(s, "channel:activity", { heads: {}, deleted })
    const two = tell(tell(tell(state, { "11": [5] }), { "11": [4], "99": [1] }), { "11": [5] })
    expect(two.deleted).toEqual({ "11": [4, 5] })
    const unread = { mentions: {}, all: true, deleted: { "11": [2], "12": [1] } }
    const back = applyEvent(two, "mention:unread", unread)
    expect(back.deleted).toEqual({ "11": [2, 4, 5], "12": [1] })
    expect(applyEvent(back, "channel:removed", { guildId: "1", channelId: "11" }).deleted).toEqual({ "12": [1] })
    const many = Array.from({ length: 300 }, (_, i) => i + 1)
    expect(tell(two, { "11": many }).deleted?.["11"]).toEqual(many.slice(100))
  })

  it("[5.23] keeps what addresses the reader in threads until it is read there, and with the channel that they hang in", () => {
    const me = { channelId: "71", parentId: "11", kind: "user", authorId: "8", targetId: "7" } as const
    const hear = (s: Bootstrap, seq: number, more: object = {}) =>
      applyEvent(s, "mention:added", { ...me, seq, ...more })
    const two = hear(hear(hear(state, 1), 2), 2)
    expect(two).toMatchObject({ mentions: { "71": [1, 2] }, parents: { "71": "11" } })
    expect(two.heads).toBe(state.heads)
    expect(hear(state, 1, { targetId: "1", kind: "everyone" }).mentions).toEqual({ "71": [1] })
    // What one may not view, what names others, and one's own.
    for (const other of [{ parentId: "99" }, { targetId: "9" }, { authorId: "7" }])
      expect(hear(state, 1, other)).toBe(state)
    const gone = { seq: 2, channelId: "71" }
    expect(applyEvent(two, "mention:removed", { ...gone, targetId: "7" }).mentions).toEqual({ "71": [1] })
    expect(
      applyEvent(hear(state, 2, { targetId: "1" }), "mention:removed", { ...gone, targetId: "1" }).mentions,
    ).toEqual({})
    expect(applyEvent(two, "channel:removed", { guildId: "1", channelId: "11" }).mentions).toEqual({})
    const read = (s: Bootstrap, lastReadSeq: number) => applyEvent(s, "read:marked", { channelId: "71", lastReadSeq })
    expect(read(two, 1).mentions).toEqual({ "71": [2] })
    expect(read(two, 2).mentions).toEqual({})
    expect(read(two, 2).readStates).toBe(state.readStates)
    // It was read while it was on its way, or is told by what was read before.
    const seen = read(two, 2)
    expect(hear(seen, 2)).toBe(seen)
    expect(hear(seen, 3).mentions).toEqual({ "71": [3] })
    const again = { mentions: { "71": [1, 2] }, parents: { "71": "11" }, all: true }
    expect(applyEvent(seen, "mention:unread", again).mentions).toEqual({})
    // Set back, here or while this client was away.
    expect(applyEvent(read(seen, 0), "mention:unread", { ...again, all: false }).mentions).toEqual({ "71": [1, 2] })
    const ready = { pos: "20", connectionId: "x", reset: false, channelIds: ["11", "12"], heads: {}, readStates: [] }
    const back = applyEvent(seen, "gateway:ready", ready)
    expect(back.mentions).toEqual({})
    expect(applyEvent(back, "mention:unread", again).mentions).toEqual({ "71": [1, 2] })
  })

  it("counts the reminders that wait as it is told, and none as a fresh snapshot has it", () => {
    const one = applyEvent(state, "later:due", { messages: [{ channelId: "11", seq: 1 }], due: 1 })
    expect(one.due).toBe(1)
    expect(applyEvent(one, "later:changed", { channelId: "11", seq: 1, due: 0 })).not.toHaveProperty("due")
  })

  it("[5.29] knows in which followed threads something is unread, until that is read, left, or gone with its channel", () => {
    const thread = (id: string, head = 3) => ({ id, guildId: "1", channelId: "11", seq: 2, head })
    const told = ["72", "71"].reduce((s, id) => applyEvent(s, "thread:unread", thread(id)), state)
    expect(told.threads).toEqual([thread("71"), thread("72")])
    const more = applyEvent(told, "thread:unread", thread("71", 5))
    expect(more.threads).toEqual([thread("71", 5), thread("72")])
    const read = (lastReadSeq: number) => applyEvent(more, "read:marked", { channelId: "71", lastReadSeq })
    expect(read(4).threads).toBe(more.threads)
    expect(read(5).threads).toEqual([thread("72")])
    expect(read(5).readStates).toBe(state.readStates)
    const all = { readStates: [thread("71", 5), thread("72")].map((t) => ({ channelId: t.id, lastReadSeq: t.head })) }
    expect(applyEvent(more, "reads:marked", all).threads).toEqual([])
    expect(applyEvent(more, "thread:left", { id: "72" }).threads).toEqual([thread("71", 5)])
    expect(applyEvent(more, "channel:removed", { guildId: "1", channelId: "11" }).threads).toEqual([])
    expect(applyEvent(more, "guild:removed", { guildId: "1" }).threads).toEqual([])
    // Told late, of what was read before.
    expect(applyEvent(read(5), "thread:unread", thread("71", 5)).threads).toEqual([thread("72")])
    expect(applyEvent(read(5), "thread:unread", thread("71", 6)).threads).toEqual([thread("71", 6), thread("72")])
    // Of a channel that one does not know one is told nothing.
    expect(applyEvent(state, "thread:unread", { ...thread("73"), channelId: "99" })).toBe(state)
    const many = Array.from({ length: 101 }, (_, i) => `${100 + i}`)
    const full = [...many, "50"].reduce((s, id) => applyEvent(s, "thread:unread", thread(id)), state)
    expect(full.threads?.map((t) => t.id)).toEqual(["50", ...many.slice(-99)])
  })

  it("counts the scheduled messages that could not be sent as it is told, and none as a fresh snapshot has it", () => {
    const told = { scheduledId: "5", channelId: "11", state: "failed", unsent: 1 } as const
    const one = applyEvent(state, "schedule:changed", told)
    expect(one.unsent).toBe(1)
    expect(applyEvent(one, "schedule:changed", { ...told, state: "cancelled", unsent: 0 })).not.toHaveProperty("unsent")
  })

  it("takes many read marks at once", () => {
    const readStates = [
      { channelId: "11", lastReadSeq: 5 },
      { channelId: "12", lastReadSeq: 0 },
      { channelId: "99", lastReadSeq: 1 },
    ]
    expect(applyEvent(state, "reads:marked", { readStates }).readStates).toEqual(readStates.slice(0, 2))
  })

  it("[7.6] knows which channels have drafts, and forgets those of channels that are gone", () => {
    const one = applyEvent(state, "draft:saved", { channelId: "11", version: 4 }, "10")
    const two = applyEvent(one, "draft:saved", { channelId: "12", version: 5 }, "11")
    expect(applyEvent(two, "draft:saved", { channelId: "12", version: 3 }, "9")).toBe(two)
    expect(two.drafts).toEqual({ "11": 4, "12": 5 })
    expect(applyEvent(two, "draft:removed", { channelId: "11", version: 6 }, "12").drafts).toEqual({ "12": 5 })
    expect(applyEvent(two, "channel:removed", { guildId: "1", channelId: "12" }, "12").drafts).toEqual({ "11": 4 })
  })
})
