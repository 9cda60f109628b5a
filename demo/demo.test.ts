import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { ROOT } from "../scripts/supervisor/config.ts"
import { keepSize, readDemoConfig } from "./args.ts"
import { createProgress } from "./progress.ts"

const folder = mkdtempSync(join(tmpdir(), "hearth-demo-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it("has a folder of its own, whatever a start would take, and passes the rest on", () => {
  const { config, size, live } = readDemoConfig([], { HEARTH_DATA: "/somewhere", DATABASE_URL: "postgres://x@y/z" })
  expect(config).toMatchObject({ dataDir: join(ROOT, ".hearth-demo"), mode: "embedded", port: 3000, dev: false })
  expect(config.given.DATABASE_URL).toBe("postgres://x@y/z")
  expect([size, live]).toEqual(["full", 24])
  const other = readDemoConfig(["--size", "small", "--live", "0", "--data", folder, "--port", "4000", "--json"], {})
  expect(other).toMatchObject({ size: "small", live: 0, config: { dataDir: folder, port: 4000, json: true } })
})

it.each([
  [["--size", "huge"], "--size huge is none of full, small."],
  [["--live", "many"], "--live many is not a number of people"],
  [["--live", "101"], "--live 101 is not a number of people"],
])("says what is wrong with %j", (args, sentence) => {
  expect(() => readDemoConfig(args, {})).toThrow(sentence)
})

it("holds a folder to its size", () => {
  keepSize(folder, "small")
  keepSize(folder, "small")
  expect(() => keepSize(folder, "full")).toThrow(`${folder} holds a demo of another size. Start it with --size small`)
})

const printed = (options: { json: boolean; tty: boolean }, end = true) => {
  const lines: string[] = []
  const progress = createProgress(options, (text) => lines.push(text))
  for (let done = 0; done <= 1000; done += 5) progress("messages", done, 1000)
  if (end) progress.end()
  return lines
}

it("fills one line on a terminal, and leaves it clean", () => {
  const lines = printed({ json: false, tty: true })
  expect(lines).toHaveLength(102)
  expect(lines.every((line) => line.startsWith("\r") && !line.includes("\n"))).toBe(true)
  expect(lines[50]).toContain(`${"█".repeat(14)}${"░".repeat(14)}  50 %  500 of 1,000 messages are written …`)
  expect(lines.at(-1)).toBe("\r\x1b[K")
})

it("says a line for each tenth elsewhere, and an object to programs", () => {
  expect(printed({ json: false, tty: false })).toHaveLength(11)
  expect(printed({ json: false, tty: false })[3]).toBe("  30 %: 300 of 1,000 messages are written\n")
  const objects = printed({ json: true, tty: true }).map((line) => JSON.parse(line) as object)
  expect(objects).toHaveLength(11)
  expect(objects.at(-1)).toEqual({ event: "filling", step: "messages", done: 1000, of: 1000 })
})
