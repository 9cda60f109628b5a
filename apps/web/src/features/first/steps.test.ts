import type { Channel, GuildSnapshot } from "@hearth/core"
import { describe, expect, it } from "vitest"
import { allDone, doneOf } from "./steps.ts"

const channel = (id: string): Channel => ({ id, guildId: "1", name: id, topic: "", position: 0, overwrites: [] })
const snapshot = (...ids: string[]): GuildSnapshot => ({
  guild: { id: "1", name: "Home", ownerId: "9" },
  roles: [],
  channels: ids.map(channel),
  myRoleIds: [],
})

describe("the first steps of a server", () => {
  it("begin with a name and the one channel that came with it", () => {
    const done = doneOf({ snapshot: snapshot("2"), heads: { "2": 0 }, headHere: 0, invited: false })
    expect(done).toEqual({ name: true, channel: false, invite: false, write: false })
    expect(allDone(done)).toBe(false)
  })

  it("are done by what is there", () => {
    const facts = { snapshot: snapshot("2", "3"), heads: { "3": 1 }, headHere: 0, invited: true }
    expect(doneOf(facts)).toEqual({ name: true, channel: true, invite: true, write: true })
    expect(allDone(doneOf(facts))).toBe(true)
  })

  it("know of a message in the open channel at once, and nothing of other servers'", () => {
    const facts = { snapshot: snapshot("2"), heads: { "2": 0, "77": 5 }, headHere: 0, invited: false }
    expect(doneOf(facts).write).toBe(false)
    expect(doneOf({ ...facts, headHere: 1 }).write).toBe(true)
  })
})
