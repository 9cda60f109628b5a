import { expect, test, vi } from "vitest"
import { beginsAtEnd } from "./read-still.ts"

vi.mock("next/headers", () => ({ headers: () => new Headers() }))
vi.mock("@hearth/api", () => ({}))
vi.mock("../shell/caller.ts", () => ({ pageCaller: () => ({}) }))

test.each([
  [100, 100, true, "all is read"],
  [99, 100, false, "the last one is new"],
  [50, 100, false, "new begins on the first page"],
  [49, 100, true, "new begins further up than is loaded"],
  [0, 300, true, "nothing is read of a long one"],
  [0, 20, false, "nothing is read of a short one"],
])("read up to %i of %i, the timeline begins at its end: %s", (lastReadSeq, head, expected) => {
  expect(beginsAtEnd({ lastReadSeq, head })).toBe(expected)
})
