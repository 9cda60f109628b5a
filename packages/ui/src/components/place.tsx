import { initialsOf } from "./face.tsx"

/** How lively a place is, in steps. 0 is quiet. */
export type Glow = 0 | 1 | 2 | 3 | 4

/** What stands in the arch of a place without a picture: at most two letters, small. */
export const placeLetters = (name: string): string => initialsOf(name).toLocaleLowerCase()

/** Class of the element that is a place, a link mostly: arched, warm at its foot by `data-glow`. */
export const placeClass = ({ here = false, lit = false }: { here?: boolean; lit?: boolean } = {}): string =>
  ["place", here && "here", lit && "lit"].filter(Boolean).join(" ")

/** The letters in the arch. Drawn by the sheet: they are a picture of the name, which stands in the label. */
export const PlaceLetters = ({ name }: { name: string }) => <b data-letters={placeLetters(name)} aria-hidden="true" />

/** A place that leads nowhere: beside its name, in dialogs and lists. */
export const Place = ({ name, glow = 0 }: { name: string; glow?: Glow }) => (
  <span className={placeClass({ lit: glow > 0 })} data-glow={glow} aria-hidden="true">
    <PlaceLetters name={name} />
  </span>
)
