import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

// Every pair of roles that may meet, in four themes, computed from tokens.css as it is. It measures no rendered pixels:
// gradients count at their strongest stop.

type Theme = "night" | "paper"
type Tokens = Record<string, Record<Theme, string>>
interface Colour {
  c: [number, number, number]
  a: number
}

const css = readFileSync(new URL("./styles/tokens.css", import.meta.url), "utf8").replace(/\/\*[\s\S]*?\*\//g, "")
const HIGH = '[data-contrast="more"]'
const readTokens = (text: string): Tokens =>
  Object.fromEntries(
    [...text.matchAll(/--([\w-]+):\s*light-dark\(oklch\(([^)]*)\),\s*oklch\(([^)]*)\)\)/g)].map((m) => [
      m[1] ?? "",
      { paper: m[2] ?? "", night: m[3] ?? "" },
    ]),
  )
const base = readTokens(css.slice(0, css.indexOf(HIGH)))
const more = readTokens(css.slice(css.indexOf(HIGH)))

const clip = (x: number) => Math.min(1, Math.max(0, x))
const gamma = (x: number) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055)
const linear = (x: number) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)

/** "L C h / a" in OKLCH → lightness, two axes, alpha. */
const toLab = (text: string): number[] => {
  const [colour = "", alpha = "1"] = text.split("/")
  const [L = Number.NaN, C = Number.NaN, h = Number.NaN] = colour.trim().split(/\s+/).map(Number)
  return [L, C * Math.cos((h * Math.PI) / 180), C * Math.sin((h * Math.PI) / 180), Number(alpha)]
}
const toRgb = (text: string): Colour => labToRgb(toLab(text))
/** As color-mix(in oklab, a part, b) of two opaque colours. */
const mix = (a: string, part: number, b: string): Colour => {
  const [x, y] = [toLab(a), toLab(b)]
  return labToRgb(x.map((value, i) => value * part + (y[i] ?? Number.NaN) * (1 - part)))
}
/** As color-mix(in oklab, it part, transparent). */
const faint = (colour: Colour, part: number): Colour => ({ ...colour, a: colour.a * part })

/** → gamma-encoded sRGB, clipped as a browser shows it, near enough. */
const labToRgb = ([L = Number.NaN, A = Number.NaN, B = Number.NaN, alpha = Number.NaN]: number[]): Colour => {
  const l = (L + 0.3963377774 * A + 0.2158037573 * B) ** 3
  const m = (L - 0.1055613458 * A - 0.0638541728 * B) ** 3
  const s = (L - 0.0894841775 * A - 1.291485548 * B) ** 3
  return {
    c: [
      gamma(clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
      gamma(clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
      gamma(clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)),
    ],
    a: alpha,
  }
}
const over = (top: Colour, under: Colour): Colour => ({
  c: [0, 1, 2].map((i) => (top.c[i] ?? 0) * top.a + (under.c[i] ?? 0) * (1 - top.a)) as [number, number, number],
  a: 1,
})
const luminance = ({ c }: Colour) => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2])
const ratio = (a: Colour, b: Colour): number => {
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

const panes = ["surface-1", "surface-2", "surface-3", "surface-4", "surface-well", "surface-float"]

interface Pair {
  label: string
  ratio: number
  wants: number
}

const pairsOf = (theme: Theme, high: boolean): Pair[] => {
  const pairs: Pair[] = []
  const raw = (name: string): string => {
    const token = (high ? more[name] : undefined) ?? base[name]
    if (!token) throw new Error(`tokens.css has no ${name}`)
    return token[theme]
  }
  const get = (name: string): Colour => toRgb(raw(name))
  const check = (fg: string, bg: Colour, where: string, wants = 4.5) =>
    pairs.push({ label: `${fg} ${where}`, ratio: ratio(over(get(fg), bg), bg), wants })

  for (const name of panes) {
    const pane = get(name)
    const hovered = over(get("tint-hover"), pane)
    const washed = over(get("accent-wash"), pane)
    for (const text of ["text", "text-soft", "text-quiet"]) {
      check(text, pane, `on ${name}`, high ? 7 : 4.5)
      check(text, hovered, `on ${name} hovered`)
      check(text, washed, `on ${name} with an ember wash`)
    }
    for (const text of ["accent-text", "glow-text", "danger-text", "ok-text", "warn-text"]) {
      check(text, pane, `on ${name}`)
      check(text, hovered, `on ${name} hovered`)
    }
    check("accent-text", washed, `on ${name} with an ember wash`)
    if (name !== "surface-1")
      for (const kind of ["danger", "ok", "warn"])
        for (const text of ["text", `${kind}-text`])
          check(text, over(get(`${kind}-wash`), pane), `on ${name} with a ${kind} wash`)
    // What is pressed, chosen in a menu, or a key: there are none on the rail.
    const pressed = over(get("tint-press"), pane)
    for (const text of ["text", "text-soft", "text-quiet", "danger-text"])
      if (text !== "text-quiet" || name !== "surface-1") check(text, pressed, `on ${name} pressed`)
    for (const part of [0.14, 0.19]) check("text", over(faint(get("text"), part), pane), `on a button on ${name}`)
    for (const edge of ["line-control", "focus"]) check(edge, pane, `on ${name}`, 3)
    if (name !== "surface-float") for (const sign of ["online", "idle", "dnd"]) check(sign, pane, `on ${name}`, 3)
  }

  const fire = over(get("fire-core"), get("surface-3"))
  const glow = over(get("glow"), get("surface-2"))
  const mention = over(get("accent-wash"), over(get("fire-mid"), get("surface-3")))
  for (const text of ["text", "text-soft", "text-quiet", "accent-text", "danger-text"])
    check(text, fire, "in the firelight")
  for (const text of ["text", "text-quiet", "accent-text"]) check(text, mention, "on a mention in the firelight")
  check("accent-text", over(get("accent-wash"), mention), "as your name in a mention in the firelight")
  check("danger-text", over(get("danger-wash"), fire), "on a danger wash in the firelight")
  // What is quiet becomes soft there.
  const pointedAt = over(get("tint-hover"), fire)
  for (const text of ["text", "text-soft", "accent-text", "danger-text"])
    check(text, pointedAt, "on the message pointed at, in the firelight")
  for (const text of ["text", "text-soft", "glow-text"]) check(text, glow, "on a full glow")
  for (const text of ["text", "glow-text"])
    check(text, over(get("tint-hover"), glow), "on a row pointed at, in full glow")
  check("text", over(get("glow"), get("surface-3")), "on the open channel in full glow")
  // Half way up the arch of a server in full glow, where its letters are.
  const tile = mix(raw("surface-4"), 0.62, raw("surface-2"))
  check("text", over(faint(get("accent"), 0.3), tile), "in the arch of a lively server")
  check("text-soft", tile, "in the arch of a quiet server")
  for (const fill of ["accent", "accent-hover", "accent-press"]) check("on-accent", get(fill), `on ${fill}`)
  check("on-accent", over(faint(get("on-accent"), 0.18), get("accent")), "on a key on ember")
  check("on-danger", get("danger"), "on danger")
  for (const part of [0.92, 0.86]) check("on-danger", mix(raw("danger"), part, raw("text")), "on danger, touched")
  for (const text of ["code-text", "code-quiet", "code-word", "code-string", "code-number"])
    check(text, get("surface-well"), "in code")
  for (let i = 1; i <= 8; i++) {
    check(`on-tone-${i}`, get(`tone-${i}`), `on tone-${i}`)
    check("text-quiet", over(faint(get(`tone-${i}`), 0.45), get("surface-2")), `on tone-${i} of somebody who is away`)
  }
  return pairs
}

const themes: [string, Theme, boolean][] = [
  ["Night", "night", false],
  ["Paper", "paper", false],
  ["Night in high contrast", "night", true],
  ["Paper in high contrast", "paper", true],
]

describe("the tokens' contrast", () => {
  it.each(themes)("is enough for every pair of %s", (_, theme, high) => {
    const pairs = pairsOf(theme, high)
    expect(pairs.length).toBe(262)
    const low = pairs.filter((p) => !(p.ratio >= p.wants))
    expect(low.map((p) => `${p.label} is ${p.ratio.toFixed(2)}, wants ${p.wants}`)).toEqual([])
  })

  it("is measured: black on white is 21, a half tint is seen", () => {
    const white = toRgb("1 0 0")
    expect(ratio(toRgb("0 0 0"), white)).toBeCloseTo(21, 5)
    expect(ratio(over(toRgb("0 0 0 / 0.5"), white), white)).toBeCloseTo(3.95, 1)
  })
})
