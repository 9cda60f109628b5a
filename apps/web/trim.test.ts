import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import type * as SocketParser from "socket.io-parser"
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

  it("is nothing of what two sockets say to each other", async () => {
    // What is cut, beside what it is not cut from.
    const load = async (file: string) => {
      const home = pathToFileURL(join(modules, file))
      const text = trimmed(file).replace(/(?<=^import .*from )"(.*)"/gm, (_, name: string) =>
        JSON.stringify(name.startsWith(".") ? new URL(name, home).href : import.meta.resolve(name)),
      )
      return [await import(home.href), await import(`data:text/javascript,${encodeURIComponent(text)}`)] as const
    }
    const [parser, cutParser] = (await load("socket.io-parser/build/esm/index.js")) as readonly (typeof SocketParser)[]
    const packets = [
      { type: 0, nsp: "/", data: { ticket: "t" } },
      { type: 2, nsp: "/", id: 7, data: ["channel:resume", { marks: { "-1": 3 } }] },
      { type: 3, nsp: "/", id: 7, data: [{}] },
      { type: 4, nsp: "/", data: { message: "no" } },
      { type: 1, nsp: "/" },
    ]
    const said = (by: typeof SocketParser | undefined) =>
      packets.flatMap((packet) => (by ? new by.Encoder().encode(packet) : []))
    expect(said(cutParser)).toEqual(said(parser))
    const heard = (by: typeof SocketParser | undefined) => {
      const all: unknown[] = []
      const decoder = by && new by.Decoder()
      decoder?.on("decoded", (packet) => all.push(packet))
      for (const text of said(parser)) decoder?.add(text)
      decoder?.destroy()
      return all
    }
    expect(heard(cutParser)).toEqual(packets)
    const [decode, cutDecode] = await load("engine.io-parser/build/esm/decodePacket.browser.js")
    for (const text of ["0{}", "2", "4hello", "6", "x"])
      expect(cutDecode.decodePacket(text)).toEqual(decode.decodePacket(text, "arraybuffer"))
    const [encode, cutEncode] = await load("engine.io-parser/build/esm/encodePacket.browser.js")
    for (const packet of [{ type: "message", data: "2[]" }, { type: "pong" }]) {
      const texts: unknown[] = []
      for (const by of [encode, cutEncode]) by.encodePacket(packet, true, (text: unknown) => texts.push(text))
      expect(texts[0]).toBe(texts[1])
    }
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
