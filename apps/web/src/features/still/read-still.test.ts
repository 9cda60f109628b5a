import { expect, test, vi } from "vitest"
import { beginsAtEnd } from "./read-still.ts"

vi.mock("next/headers", () => ({ headers: () => new Headers() }))
vi.mock("../shell/caller.ts", () => ({ pageCaller: () => ({}) }))

const readTo = (lastReadSeq: number) => ({ readStates: [{ channelId: "7", lastReadSeq }] })

test.each([
  [100, 100, true, "all is read"],
  [99, 100, false, "the last one is new"],
  [50, 100, false, "new begins on the first page"],
  [49, 100, true, "new begins further up than is loaded"],
])("read up to %i of %i: the timeline begins at its end: %s", (read, head, expected) => {
  expect(beginsAtEnd(readTo(read), "7", { head })).toBe(expected)
})

test("who has read nothing of a long channel begins at its end, of a short one at its start", () => {
  expect(beginsAtEnd({ readStates: [] }, "7", { head: 300 })).toBe(true)
  expect(beginsAtEnd({ readStates: [] }, "7", { head: 20 })).toBe(false)
})
