import { isWide } from "./width.ts"

const KEY = "hearth.people"

/** People stand beside the room where there is room for them, unless they were sent away. */
export const peopleWanted = () => isWide() && localStorage.getItem(KEY) !== "off"

export const keepPeople = (open: boolean) => {
  if (isWide()) localStorage.setItem(KEY, open ? "on" : "off")
}
