import type { Person } from "../driver.ts"
import type { Quantiles } from "../measure.ts"
import type { Place } from "./places.ts"

/** What the crowd of this bench is asked to do. Client n is member n of its place. */
export type Ask =
  | { task: "connect"; url: string; place: Place; secret?: string; people?: Person[] }
  /** Each has its rows on the screen, and of these heroes the first so many clients have each one, too. */
  | { task: "watch"; rows: number; heroes: { n: number; watchers: number }[] }
  /** These members change in turn. Without any it is only listened. `expected`: so many packets are waited for. */
  | { task: "change"; who: number[]; count: number; seconds: number; expected?: number }

export interface Connected {
  ms: number
}
export interface Watched {
  ms: number
  /** Whom a client was told of in the answer; all of them together. */
  told: number
  /** Who was told to be here. */
  here: number
}
export interface Heard {
  changes: number
  /** Packets came, or did not, for another reason than these changes: somebody was told of a person that nobody can say how they are, or was cut off. */
  disturbed: boolean
  /** Frames of `presence:changed`, and their bytes without what frames them. */
  packets: number
  bytes: number
  /** How many times somebody was told of a person. */
  sightings: number
  /** From the command to each sighting of a member of this crowd. */
  seen: Quantiles
}
export type Answer<A extends Ask> = A extends { task: "connect" }
  ? Connected
  : A extends { task: "watch" }
    ? Watched
    : Heard
