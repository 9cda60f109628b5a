import {
  coveredStyles,
  pick,
  plainStyles,
  type Random,
  randomOf,
  sharedStyles,
  softStyles,
  traitsOf,
} from "@hearth/ui/portrait"
import type { Rhythm } from "./calendar.ts"
import { ownLetters, type Region, regions } from "./names.ts"

/** How somebody writes. */
export interface Habits {
  /** no capitals, no full stops */
  small: boolean
  /** Sends two short messages where others send one. */
  splits: boolean
  /** Ends with it now and then. */
  emoji: string | null
  rhythm: Rhythm
}

export interface Person {
  /** In the whole of the demo; its address is made of it. */
  index: number
  name: string
  email: string
  portrait: string | undefined
  habits: Habits
}

const DARK = ["#1f1a19", "#2b211d", "#39291f"]
const plainEnough: readonly string[] = [...plainStyles, ...sharedStyles]
const softEnough: readonly string[] = [...softStyles, ...sharedStyles]

/** A seed whose face fits the name: tried out, since a seed cannot be made to say something. */
const portraitFor = (random: Random, index: number, region: Region, soft: boolean): string => {
  const [from, to] = region.skin
  const fits = (seed: string) => {
    const { skin, style, hair, old } = traitsOf(seed)
    if (skin < from || skin > to) return false
    if (region.dark && !old && !DARK.includes(hair)) return false
    if ((coveredStyles as readonly string[]).includes(style))
      return region.styles?.includes(style) === true && soft === (style === "scarf")
    return (soft ? softEnough : plainEnough).includes(style)
  }
  const start = Math.floor(random() * 1e6)
  for (let i = 0; i < 400; i++) {
    const seed = `${index.toString(36)}-${(start + i).toString(36)}`
    if (fits(seed)) return seed
  }
  return `${index.toString(36)}-${start.toString(36)}`
}

/** Of the person that the demo is seen with. Nobody else has it. */
export const DEMO_NAME = "Maren Lindqvist"

const emojis = ["🙂", "😄", "✨", "😅", "🙌", "🌙", "❤️", "🤷"]

const habitsOf = (random: Random): Habits => ({
  small: random() < 0.12,
  splits: random() < 0.22,
  emoji: random() < 0.2 ? pick(random, emojis) : null,
  rhythm: pick(random, ["day", "day", "day", "day", "night", "early"] as const),
})

const regionOf = (random: Random): Region => {
  let left = random() * regions.reduce((sum, r) => sum + r.share, 0)
  for (const region of regions) if ((left -= region.share) < 0) return region
  return regions[0] as Region
}

/** `count` people, always the same for a seed. The first are the ones who talk, and all of those have a face. */
export const castOf = (seed: string, count: number): Person[] => {
  const taken = new Set<string>([DEMO_NAME])
  return Array.from({ length: count }, (_, index) => {
    const random = randomOf(`${seed}/person/${index}`)
    const own = ownLetters[Math.floor(index / 9)]
    const native = index % 9 === 7 ? own : undefined
    const region = native ? (regions[native.region] as Region) : regionOf(random)
    const soft = native ? native.soft : random() < 0.5
    let name = native?.name ?? ""
    for (let tries = 0; name === "" || taken.has(name); tries++) {
      const first = pick(random, soft ? region.soft : region.plain)
      const other = pick(random, soft ? region.soft : region.plain)
      const last = pick(random, region.last)
      // Where names run out, people have two.
      name = tries < 3 ? `${first} ${last}` : tries < 8 ? `${first} ${other} ${last}` : `${first} ${last} ${index}`
    }
    taken.add(name)
    const hasFace = index < 250 || random() < 0.62
    return {
      index,
      name,
      email: `person-${index}@demo.hearth.example`,
      portrait: hasFace ? portraitFor(random, index, region, soft) : undefined,
      habits: habitsOf(random),
    }
  })
}

/** What friends call somebody. */
export const firstName = ({ name }: Person): string => name.split(" ")[0] ?? name
