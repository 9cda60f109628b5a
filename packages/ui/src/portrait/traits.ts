import { pick, randomOf } from "./random.ts"

/** From light to dark: skin, its shade (ears, neck, nose), and lips. */
export const skins = [
  { base: "#f4d3bb", shade: "#e2b597", lips: "#c9776a" },
  { base: "#eec3a2", shade: "#d9a47f", lips: "#bf6a5c" },
  { base: "#e0ab84", shade: "#c78f68", lips: "#ad5d4e" },
  { base: "#cf9a6f", shade: "#b37f56", lips: "#9b5042" },
  { base: "#b17a50", shade: "#96623c", lips: "#84412f" },
  { base: "#8d5a3a", shade: "#74462b", lips: "#6b3226" },
  { base: "#6b4330", shade: "#563324", lips: "#4f261f" },
] as const

const darkHair = ["#1f1a19", "#2b211d", "#39291f"] as const
const anyHair = ["#2b211d", "#4a3323", "#6a4a2e", "#8a5a33", "#a4562c", "#c8954e", "#dcb878"] as const
const grey = ["#9d9993", "#c9c5be", "#e3dfd7"] as const
const backgrounds = ["#5e7d8c", "#8aa39b", "#c59a4e", "#b06a4f", "#7c8f63", "#8c6f86", "#c48c7e", "#5f7a6b"] as const
const cloths = ["#3d5a66", "#6f4a3a", "#42574a", "#8b4a3b", "#d9cbb3", "#4b4a63", "#a37b3a", "#33373b"] as const
const metals = ["#2c2724", "#5a4a3c", "#7a5b34"] as const

export const softStyles = ["long", "bob", "bun", "fringe", "waves", "ponytail"] as const
export const plainStyles = ["short", "parted", "buzz", "quiff", "bald"] as const
export const sharedStyles = ["curls", "round", "beanie"] as const
export const coveredStyles = ["scarf", "wrap"] as const
export type HairStyle = (typeof softStyles | typeof plainStyles | typeof sharedStyles | typeof coveredStyles)[number]
export type Beard = "none" | "full" | "moustache" | "goatee"

export interface Traits {
  /** An index into `skins`. */
  skin: number
  hair: string
  style: HairStyle
  beard: Beard
  glasses: "none" | "round" | "square"
  glassesColor: string
  cloth: string
  collar: "crew" | "shirt" | "hood" | "stripes"
  /** Of a scarf, a wrap or a beanie. */
  fabric: string
  background: string
  mouth: "smile" | "grin" | "calm"
  blush: boolean
  /** The width of a face: 0 narrow, 1 wide. */
  width: number
  old: boolean
}

const allStyles: readonly HairStyle[] = [
  ...softStyles,
  ...softStyles,
  ...plainStyles,
  ...plainStyles,
  ...sharedStyles,
  ...coveredStyles,
]
const unlike = (random: () => number, list: readonly string[], other: string) =>
  pick(
    random,
    list.filter((color) => color !== other),
  )

/** Everything that a seed says about a face. */
export const traitsOf = (seed: string): Traits => {
  const random = randomOf(seed)
  const skin = Math.floor(random() * skins.length)
  const style = pick(random, allStyles)
  const old = random() < 0.16
  const hair = pick(random, old ? grey : skin >= 3 ? darkHair : anyHair)
  const mayBeard = (plainStyles as readonly string[]).includes(style) || style === "wrap"
  const beard = mayBeard && random() < 0.5 ? pick(random, ["full", "full", "moustache", "goatee"] as const) : "none"
  const background = pick(random, backgrounds)
  return {
    skin,
    hair,
    style,
    beard,
    glasses: random() < 0.32 ? pick(random, ["round", "square"] as const) : "none",
    glassesColor: pick(random, metals),
    cloth: unlike(random, cloths, background),
    collar: pick(random, ["crew", "crew", "shirt", "hood", "stripes"] as const),
    fabric: unlike(random, [...backgrounds, "#3f4d63", "#8d3f3a", "#d8c9a8"], background),
    background,
    mouth: pick(random, ["smile", "smile", "grin", "calm"] as const),
    blush: random() < 0.45 && skin < 5,
    width: random(),
    old,
  }
}
