import type { OwnStatus } from "@hearth/core"
import type { Database } from "@hearth/db"
import { expect, test } from "vitest"
import { createStatusLines } from "./status-lines.ts"

const own = (state: OwnStatus["state"], version: number, text: string): OwnStatus => ({
  state,
  version,
  custom: { text },
})
/** Lines of somebody who is watched, and what the database says of them. */
const opened = (stored: OwnStatus[] = []) => {
  const rows = stored.map(({ state, version, custom }) => {
    const text = custom?.text ?? ""
    return { userId: "1", state, version, text, emoji: null, until: null, holds: text !== "" }
  })
  const db = { execute: () => Promise.resolve({ rows }) } as unknown as Database
  const lines = createStatusLines({ db, now: () => 0, isWatched: () => true })
  return { lines, said: () => lines.of("1")?.line.text }
}

test("a line that was written while invisible is not read, also not while they are still seen", async () => {
  const { lines, said } = opened([own("invisible", 2, "unseen")])
  expect(await lines.load(["1"])).toEqual([])
  expect(said()).toBeUndefined()
  lines.changed("1", own("online", 3, "back"))
  expect(said()).toBe("back")
})

test("who becomes invisible goes with their line, and it does not come back with them", () => {
  const { lines, said } = opened()
  lines.changed("1", own("online", 1, "knitting"))
  lines.changed("1", own("invisible", 2, "unseen"))
  expect(said()).toBe("knitting")
  lines.away("1")
  // Seen to be here again, before it is known what they say now.
  expect(said()).toBeUndefined()
  lines.changed("1", own("online", 3, "back"))
  expect(said()).toBe("back")
})

test("who is away, and was not invisible, comes back with their line", () => {
  const { lines, said } = opened()
  lines.changed("1", own("online", 1, "knitting"))
  lines.changed("1", own("invisible", 2, "unseen"))
  lines.changed("1", own("dnd", 3, "reading"))
  lines.away("1")
  expect(said()).toBe("reading")
})
