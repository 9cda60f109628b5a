import type { Channel, GuildSnapshot, Role, UserCard } from "@hearth/core"
import { describe, expect, it } from "vitest"
import { suggestChannels, suggestCommands, suggestPeople } from "./suggest.ts"

const card = (id: string, displayName: string): UserCard => ({ id, displayName })
const role = (id: string, name: string): Role => ({
  id,
  guildId: "1",
  name,
  position: 1,
  permissions: "0",
  hoisted: false,
})
const channel = (id: string, name: string): Channel => ({
  id,
  guildId: "1",
  name,
  topic: "",
  position: 0,
  overwrites: [],
})
const home: Pick<GuildSnapshot, "guild" | "roles" | "channels"> = {
  guild: { id: "1", name: "Home", ownerId: "2" },
  roles: [role("1", "everyone"), role("5", "Keepers")],
  channels: [channel("8", "a-garden"), channel("9", "garden"), channel("10", "general")],
}
const shown = (list: { shown: string }[]) => list.map((s) => s.shown)

describe("people who are suggested", () => {
  const near = [card("3", "Tom Maron"), card("4", "Maja")]
  const far = [card("4", "Maja"), card("6", "Maren")]
  it("begin so, or have another name that does; each once", () => {
    expect(shown(suggestPeople("ma", near, far, home, false))).toEqual(["@Maja", "@Maren", "@Tom Maron"])
    expect(suggestPeople("maja", near, far, home, false)).toMatchObject([{ wire: "<@4>", member: { id: "4" } }])
  })
  it("before anything is typed are those who are near", () => {
    expect(shown(suggestPeople("", near, far, home, true))).toEqual(["@Tom Maron", "@Maja", "@Maren"])
  })
  it("are everybody for who may call them, and roles", () => {
    expect(shown(suggestPeople("e", near, far, home, true))).toEqual(["@everyone"])
    expect(shown(suggestPeople("h", near, far, home, true))).toEqual(["@here"])
    expect(suggestPeople("e", near, far, home, false)).toEqual([])
    expect(suggestPeople("keep", near, far, home, false)).toMatchObject([{ shown: "@Keepers", wire: "<@&5>" }])
  })
  it("leave room for a role, however many there are", () => {
    const crowd = Array.from({ length: 20 }, (_, i) => card(`${i + 50}`, `Kee ${i}`))
    const list = shown(suggestPeople("kee", [], crowd, home, false))
    expect(list).toHaveLength(8)
    expect(list.at(-1)).toBe("@Keepers")
  })
})

it("channels that are suggested begin so, then have it inside", () => {
  expect(shown(suggestChannels("gar", home))).toEqual(["#garden", "#a-garden"])
  expect(suggestChannels("gen", home)).toMatchObject([{ wire: "<#10>" }])
})

it("a command is suggested by its beginning", () => {
  for (const query of ["", "P", "poll"]) expect(suggestCommands(query).map((s) => s.shown)).toEqual(["/poll"])
  expect(suggestCommands("polls")).toEqual([])
})
