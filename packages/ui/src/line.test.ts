import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

const ROOT = join(import.meta.dirname, "../../..")
const sheets = globSync("{packages/ui,apps/web}/src/**/*.css", { cwd: ROOT })

/** Values of a shorthand, with calc() and its like as one. */
const valuesOf = (text: string): string[] => text.match(/[^\s(]+(?:\((?:[^()]|\([^()]*\))*\))?/g) ?? []

const isOneSided = (line: string): boolean => {
  const [, property = "", value = ""] = /^\s*([a-z-]+):\s*(.*?);?\s*$/.exec(line) ?? []
  if (/^(left|right)$|^(margin|padding|border)-(left|right)\b|^border-(top|bottom)-(left|right)/.test(property))
    return true
  if (/^(text-align|float|clear)$/.test(property)) return /left|right/.test(value)
  if (!/^(margin|padding|inset)$/.test(property)) return false
  const values = valuesOf(value)
  return values.length === 4 && values[1] !== values[3]
}

describe("stylesheets follow the line", () => {
  it("knows one side when it sees it", () => {
    for (const line of [
      "left: 0;",
      "margin-right: auto;",
      "padding: 0 1px 0 2px;",
      "inset: calc(1px + 2px) 0 0 auto;",
      "text-align: right;",
    ])
      expect(isOneSided(line), line).toBe(true)
    for (const line of [
      "inset-inline-start: 0;",
      "padding: 0 1px;",
      "inset: 0 calc(1px + 2px) 0 calc(1px + 2px);",
      "text-align: end;",
    ])
      expect(isOneSided(line), line).toBe(false)
  })

  it("nothing stands left or right, whatever the language's direction is", () => {
    expect(sheets.length).toBeGreaterThan(15)
    const found = sheets.flatMap((sheet) =>
      readFileSync(join(ROOT, sheet), "utf8")
        .split("\n")
        .flatMap((line, i) => (isOneSided(line) ? [`${sheet}:${i + 1} ${line.trim()}`] : [])),
    )
    expect(found).toEqual([])
  })
})
