import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { disabled } from "./src/features/message/markdown/parse.ts"

type Cuts = [string, string][]
type Loader = (this: { resourcePath: string; getOptions(): { cuts: Cuts } }, source: string) => string
const trim = createRequire(import.meta.url)("./trim.cjs") as Loader & { cuts: Record<string, Cuts> }
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url))

const trimmed = (file: string, source = readFileSync(join(modules, file), "utf8")): string =>
  trim.call({ resourcePath: file, getOptions: () => ({ cuts: trim.cuts[file] ?? [] }) }, source)

describe("what is cut out of libraries", () => {
  it.each(Object.keys(trim.cuts))("is there in the %s that we have", (file) => {
    expect(trimmed(file)).not.toBe(readFileSync(join(modules, file), "utf8"))
  })

  it("fails the build where a library has changed", () => {
    expect(() => trimmed("virtua/lib/index.js", "export const Virtualizer = 1")).toThrow("not as trim.cjs knows it")
  })

  it("leaves the lists that are drawn", () => {
    expect(/export \{(.*)\}/.exec(trimmed("virtua/lib/index.js"))?.[1]).toMatch(/^ \w+ as VList, \w+ as Virtualizer $/)
  })

  it("is Markdown that messages do not read anyway, and no other", () => {
    const signs = (source: string) => {
      const [, names = ""] = /import \{ (.*) \} from 'micromark-core-commonmark'/.exec(source) ?? []
      // As the importing line promises, no other line names one that is gone.
      const used = source.replace(/^import .*$/gm, "")
      return names.split(", ").filter((name) => new RegExp(`\\b${name}\\b`).test(used))
    }
    const file = "micromark/lib/constructs.js"
    const before = signs(readFileSync(join(modules, file), "utf8"))
    const after = signs(trimmed(file))
    expect(before.filter((name) => !after.includes(name)).sort()).toEqual(
      // A list asks for this one, to tell itself from it.
      disabled.filter((name) => name !== "thematicBreak").sort(),
    )
  })

  it("gives Next's client the one name that it asks for, as Next's server says it", () => {
    const constants = createRequire(import.meta.url)("next/dist/lib/constants.js") as Record<string, string>
    for (const file of Object.keys(trim.cuts).filter((name) => /(fetch-server-response|cache)\.js$/.test(name))) {
      const text = trimmed(file)
      expect(new Set(Array.from(text.matchAll(/_constants\.(\w+)/g), ([, name]) => name))).toEqual(
        new Set(["NEXT_NAV_DEPLOYMENT_ID_HEADER"]),
      )
      expect(text).toContain(
        `{ NEXT_NAV_DEPLOYMENT_ID_HEADER: "${constants["NEXT_NAV_DEPLOYMENT_ID_HEADER"] ?? "is gone"}" }`,
      )
    }
  })

  it("leaves no server action that the app has", () => {
    const ours = fileURLToPath(new URL("src", import.meta.url))
    const files = readdirSync(ours, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name))
    expect(files.length).toBeGreaterThan(100)
    expect(files.filter((name) => /^\s*["']use server["']/m.test(readFileSync(join(ours, name), "utf8")))).toEqual([])
  })

  it("leaves WebSocket, and no other way to the gateway", () => {
    const [, transports = ""] =
      /transports = \{([^}]*)\}/.exec(trimmed("engine.io-client/build/esm/transports/index.js")) ?? []
    expect(transports.trim()).toBe("websocket: WS,")
  })
})
