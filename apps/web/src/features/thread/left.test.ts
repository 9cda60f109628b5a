import type { Bootstrap } from "@hearth/core"
import { expect, it } from "vitest"
import { threadsLeft } from "./left.ts"

it("has threads that address the reader, muted and not followed ones too, before those that only moved; each once", () => {
  const b = {
    guilds: [{ guild: { id: "1" }, channels: [{ id: "11" }] }],
    readStates: [],
    heads: {},
    mentions: { "71": [2, 3], "72": [], "74": [1] },
    parents: { "71": "11", "72": "11", "74": "99" },
    threads: [
      { id: "71", guildId: "1", channelId: "11", seq: 1, head: 3 },
      { id: "73", guildId: "1", channelId: "11", seq: 2, head: 1 },
    ],
  } as unknown as Bootstrap
  expect(threadsLeft(b)).toEqual([
    { id: "71", guildId: "1", channelId: "11", asks: 2 },
    { id: "73", guildId: "1", channelId: "11", asks: 0 },
  ])
  expect(threadsLeft({ ...b, mentions: {}, threads: [] })).toEqual([])
})
