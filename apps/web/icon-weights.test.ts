import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const require = createRequire(import.meta.url)
type Also = Record<string, string[]>
type Loader = (this: { resourcePath: string; getOptions(): { also: Also } }, source: string) => string
const load = require("./icon-weights.cjs") as Loader & { also: Also }
const definitions = join(dirname(require.resolve("@phosphor-icons/react")), "defs")
const root = fileURLToPath(new URL("../..", import.meta.url))

const weightsOf = (name: string) => {
  const resourcePath = join(definitions, `${name}.es.js`)
  const kept = load.call({ resourcePath, getOptions: () => load }, readFileSync(resourcePath, "utf8"))
  return [...kept.matchAll(/^ {4}"([a-z]+)",$/gm)].map(([, weight]) => weight)
}

/** Each icon that is drawn in a weight of its own, and the weight. */
const drawn = ["apps/web/src", "packages/ui/src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tsx"))
    .flatMap((name) => [...readFileSync(join(root, folder, name), "utf8").matchAll(/<([A-Za-z]*)Icon\b([^>]*)>/g)])
    .flatMap(([, icon = "", props = ""]) => {
      const [, plain, choice = ""] = /\bweight=(?:"([a-z]+)"|\{([^}]+)\})/.exec(props) ?? []
      const weights = plain ? [plain] : [...choice.matchAll(/"([a-z]+)"/g)].map(([, weight]) => weight ?? "")
      return weights.map((weight) => [icon, weight] as const)
    }),
)

describe("an icon", () => {
  it("keeps the regular weight, and no other", () => {
    expect(weightsOf("Hash")).toEqual(["regular"])
  })

  it.each(drawn)("%s is there in its weight %s", (icon, weight) => {
    expect(weightsOf(icon)).toContain(weight)
  })
})
