const KEY = "hearth.people"

export const isWide = () => window.matchMedia("(min-width: 75rem)").matches

/** People stand beside the room where there is room for them, unless they were sent away. */
export const peopleWanted = () => isWide() && localStorage.getItem(KEY) !== "off"

export const keepPeople = (open: boolean) => {
  if (isWide()) localStorage.setItem(KEY, open ? "on" : "off")
}
