import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const require = createRequire(import.meta.url)
const iconWeights = require("./icon-weights.cjs") as (source: string) => string
const weightsIn = (source: string) => [...source.matchAll(/^ {4}"([a-z]+)",$/gm)].map(([, weight]) => weight)

const root = fileURLToPath(new URL("../..", import.meta.url))
const sources = ["apps/web/src", "packages/ui/src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => readFileSync(join(root, folder, name), "utf8")),
)
const used = new Set(
  sources.flatMap((text) =>
    [...text.matchAll(/\bweight=(?:"([a-z]+)"|\{([^}]+)\})/g)].flatMap(([, plain, choice]) =>
      plain ? [plain] : [...(choice ?? "").matchAll(/"([a-z]+)"/g)].map(([, weight]) => weight ?? ""),
    ),
  ),
)

describe("an icon", () => {
  const icon = readFileSync(join(dirname(require.resolve("@phosphor-icons/react")), "defs/Hash.es.js"), "utf8")

  it("keeps the weights that are drawn, and no other", () => {
    expect(weightsIn(icon)).toHaveLength(6)
    const kept = weightsIn(iconWeights(icon))
    expect(kept).toEqual(["bold", "fill", "regular"])
    expect([...used].filter((weight) => !kept.includes(weight))).toEqual([])
  })
})
