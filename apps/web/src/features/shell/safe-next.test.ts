import { describe, expect, it } from "vitest"
import { safeNext } from "./safe-next.ts"

describe("where signing in leads", () => {
  it.each(["/", "/s/1/2", "/invite/abc?x=1#y"])("%s is ours", (path) => expect(safeNext(path)).toBe(path))

  it.each([
    null,
    "",
    "https://elsewhere.example",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "/.//elsewhere.example",
    "/s/..//elsewhere.example",
    "/%2e//elsewhere.example",
    "/\t/elsewhere.example",
    "javascript:alert(1)",
    "s/1",
  ])("%j is the start", (path) => expect(safeNext(path)).toBe("/"))
})
