import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import sharp from "sharp"
import { describe, expect, it } from "vitest"
import { ROOT } from "../../scripts/supervisor/config.ts"
import { clockOf } from "./browser.ts"
import { joined } from "./webp.ts"

const folder = join(ROOT, "docs/pictures")
const kept = readdirSync(folder).sort()

describe("the pictures of the README", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8")
  const shown = [...readme.matchAll(/<img\s[^>]*>/g)].map(([tag]) => ({
    src: /\ssrc="([^"]+)"/.exec(tag)?.[1] ?? "",
    alt: /\salt="([^"]+)"/.exec(tag)?.[1] ?? "",
  }))

  it("are all there, and all that is there is shown", () => {
    expect(shown.map(({ src }) => src).sort()).toEqual(kept.map((name) => `docs/pictures/${name}`))
    // No other way of showing one than the one looked at here.
    expect(readme.match(/docs\/pictures\/[\w-]+\.\w+/g)).toHaveLength(shown.length)
  })

  it("say what they show to who does not see them", () => {
    for (const { src, alt } of shown) expect(alt.length, src).toBeGreaterThan(30)
  })

  it("weigh no more than 3 MB together, and the moving one 1.5 MB and eight seconds", async () => {
    const bytes = kept.map((name) => statSync(join(folder, name)).size)
    expect(bytes.reduce((a, b) => a + b, 0)).toBeLessThan(3e6)
    const moving = join(folder, "two-people.webp")
    expect(statSync(moving).size).toBeLessThan(1.5e6)
    const { pages = 1, delay = [] } = await sharp(moving, { animated: true }).metadata()
    expect(pages).toBeGreaterThan(20)
    expect(delay.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(8000)
  })
})

it("it is the same evening in them, whenever they are taken", () => {
  for (let hour = 0; hour < 24; hour++) {
    const now = Date.UTC(2026, 10, 26, hour, 13, 5)
    const { zone, shift, latest } = clockOf(now)
    const options = { timeZone: zone, dateStyle: "short", timeStyle: "short" } as const
    expect(new Intl.DateTimeFormat("en-GB", options).format(now + shift)).toBe("12/03/2026, 20:42")
    expect(now + shift).toBe(latest)
    // Days begin where they begin by the app's own clock, or nearly.
    expect(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit" }).format(now)).toBe("20")
  }
})

it("pictures beside each other have round corners, and nothing between them", async () => {
  const create = { width: 40, height: 30, channels: 3, background: "#ff8800" } as const
  const png = await sharp({ create }).png().toBuffer()
  const { data, info } = await sharp(await joined([png, png], { gap: 10, radius: 8 }))
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect([info.width, info.height, info.channels]).toEqual([90, 30, 4])
  const alphaAt = (x: number, y: number) => data[(y * info.width + x) * 4 + 3]
  expect([alphaAt(0, 0), alphaAt(20, 15), alphaAt(45, 15), alphaAt(70, 15), alphaAt(89, 29)]).toEqual([
    0, 255, 0, 255, 0,
  ])
})
