import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { appRouter } from "./root.ts"

const spec = readFileSync(new URL("../../core/SPEC.md", import.meta.url), "utf8")
const described = new Map(
  [...spec.matchAll(/^\| `([a-zA-Z]+\.[a-zA-Z]+)` \| ([QM])/gm)].map(([, name, kind]) => [name, kind] as const),
)

describe("SPEC.md of core", () => {
  it("has every procedure, as what it is, and no other", () => {
    const procedures = Object.entries(appRouter._def.procedures).map(
      ([name, procedure]) =>
        [name, (procedure as unknown as { _def: { type: string } })._def.type === "query" ? "Q" : "M"] as const,
    )
    expect(procedures.length).toBeGreaterThan(20)
    expect(Object.fromEntries(described)).toEqual(Object.fromEntries(procedures))
  })
})
