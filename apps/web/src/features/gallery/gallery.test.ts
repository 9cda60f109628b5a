import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { channels, guild } from "./place.ts"

const here = new URL("./", import.meta.url)
const components = new URL("../../../../../packages/ui/src/components/", import.meta.url)

const read = (folder: URL) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n")

/** Around the whole app, and drawn by `Tooltip`, `Menu` and what floats on demand. */
const frames = ["TooltipProvider", "ToastProvider", "Tips", "MenuPopup", "PopoverPopup"]

describe("the gallery", () => {
  it("shows every component of packages/ui", () => {
    const exported = [...read(components).matchAll(/^export const ([A-Z][A-Za-z]+)\b/gm)].map((m) => m[1] ?? "")
    expect(exported.length).toBeGreaterThan(25)
    const shown = new Set([...read(here).matchAll(/<([A-Z][A-Za-z]+)\b/g)].map((m) => m[1] ?? ""))
    expect(exported.filter((name) => !shown.has(name) && !frames.includes(name))).toEqual([])
  })

  it("holds what the list of a server has to bear: 40 characters, other directions", () => {
    const names = guild.channels.map((c) => c.name)
    expect(Math.max(...names.map((name) => name.length))).toBeGreaterThanOrEqual(40)
    expect(channels.rightToLeft.name).toMatch(/\p{Script=Arabic}/u)
  })
})
