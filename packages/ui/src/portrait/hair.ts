import type { Traits } from "./traits.ts"

const circles = (color: string, list: readonly (readonly [x: number, y: number, r: number])[]) =>
  `<g fill="${color}">${list.map(([x, y, r]) => `<circle cx="${x}" cy="${y}" r="${r}"/>`).join("")}</g>`
const path = (color: string, d: string) => `<path fill="${color}" d="${d}"/>`

/** What falls behind the head and the shoulders. */
export const hairBehind = ({ style, hair, fabric }: Traits): string => {
  switch (style) {
    case "long":
      return path(hair, "M9.6 18C9 7.6 14.6 5 20 5s11 2.6 10.4 13c-.3 5 .8 9.5 2.2 13.4H7.4C8.8 27.5 9.9 23 9.6 18Z")
    case "waves":
      return circles(hair, [
        [12.5, 13, 4.6],
        [27.5, 13, 4.6],
        [10.6, 19, 4],
        [29.4, 19, 4],
        [10.4, 25, 3.9],
        [29.6, 25, 3.9],
        [12, 29.5, 3.2],
        [28, 29.5, 3.2],
        [20, 10, 7],
      ])
    case "bob":
      return path(hair, "M9.8 17C9.4 8 14.2 5.3 20 5.3S30.6 8 30.2 17c-.2 3.6 0 6.6.4 8.8H9.4c.4-2.2.6-5.2.4-8.8Z")
    case "fringe":
      return path(hair, "M9.9 17C9.4 8 14.4 5.2 20 5.2S30.6 8 30.1 17c-.2 4.8.2 8.6.8 11.6H9.1c.6-3 1-6.8.8-11.6Z")
    case "bun":
      return circles(hair, [[20, 5.6, 4.1]])
    case "ponytail":
      return path(hair, "M26 9c5.4.6 7.4 6.4 6 13-.7 3.2-2.2 5.4-3.6 6.6.5-6.3-.6-13-4.4-17Z")
    case "round":
      return circles(hair, [[20, 14.5, 11.2]])
    case "scarf":
      return path(fabric, "M8.6 19C8 8.6 13.6 4.6 20 4.6S32 8.6 31.4 19c-.3 5.4 1.6 9.6 3.6 13H5c2-3.4 3.9-7.6 3.6-13Z")
    default:
      return ""
  }
}

const shortCap =
  "M11.6 17.6C10.4 9 14.6 5.8 20.2 5.8S29.6 9 28.4 17.6c-.7-2.6-1.4-4.3-2.6-5.6-3.6.5-8 .5-11.6 0-1.2 1.3-1.9 3-2.6 5.6Z"

/** What lies over the forehead. */
export const hairInFront = ({ style, hair, fabric }: Traits): string => {
  switch (style) {
    case "short":
      return path(hair, shortCap)
    case "parted":
      return path(
        hair,
        "M11.5 18C10.2 8.8 14.8 5.4 20.4 5.4S29.8 9 28.5 18c-.6-3-1.3-5-2.7-6.3-4 .2-8-.7-10.4-3.1-.6 3.9-2.9 5.6-3.9 9.4Z",
      )
    case "quiff":
      return path(
        hair,
        "M11.6 17.5C10 9.2 13.8 3.9 20.6 4.3c5.6-.6 9 4 7.8 13.2-.6-2.4-1.3-4.2-2.5-5.4-3.7-1.2-7.8-1.2-11.7.1-1.2 1.2-2 2.9-2.6 5.3Z",
      )
    case "buzz":
      return `<path fill="${hair}" fill-opacity=".72" d="M11.9 15.4C11.6 9 15 6.6 20 6.6s8.4 2.4 8.1 8.8c-1.2-3.2-4-4.6-8.1-4.6s-6.9 1.4-8.1 4.6Z"/>`
    case "curls":
      return circles(hair, [
        [12.6, 13.6, 2.9],
        [14.6, 9.8, 3.3],
        [18.3, 7.8, 3.5],
        [22.4, 7.8, 3.5],
        [25.7, 9.9, 3.3],
        [27.5, 13.6, 2.9],
        [20.3, 10, 3.2],
      ])
    case "round":
      return path(hair, "M12 16.5C11.6 10.2 15.6 7.8 20 7.8s8.4 2.4 8 8.7c-1.6-3.4-4.4-5-8-5s-6.4 1.6-8 5Z")
    case "long":
    case "waves":
      return path(
        hair,
        "M11.3 19C10.6 9.4 14.9 6 20 6s9.4 3.4 8.7 13c-.8-4-2.3-6.8-5.2-9-2.9 2.8-7.3 4-10.6 4.6-.9 1.2-1.3 2.6-1.6 4.4Z",
      )
    case "bob":
      return path(
        hair,
        "M11.3 19.6C10.3 9.6 14.7 6 20 6s9.7 3.6 8.7 13.6c-.5-4.3-1.5-7-2.9-8.7-4.6.3-8.2-.5-10.9-2.5-.5 4-2.9 6.5-3.6 11.2Z",
      )
    case "fringe":
      return path(
        hair,
        "M11.2 20C10.2 9.6 14.6 5.8 20 5.8S29.8 9.6 28.8 20c-.4-2.7-.9-4.7-1.6-6.1-4.7.9-9.7.9-14.4 0-.7 1.4-1.2 3.4-1.6 6.1Z",
      )
    case "bun":
    case "ponytail":
      return path(hair, "M11.5 17.6C10.4 9.2 14.8 6.2 20 6.2s9.6 3 8.5 11.4c-1.5-4.6-4.4-6.7-8.5-6.7s-7 2.1-8.5 6.7Z")
    case "beanie":
      return (
        path(hair, "M11.6 18.4c-.4-3 .1-5.4 1-7h14.8c.9 1.6 1.4 4 1 7-.5-1.7-.9-3-1.5-4H13.1c-.6 1-1 2.3-1.5 4Z") +
        path(fabric, "M11.4 13.2C11 6.8 14.6 3.6 20 3.6s9 3.2 8.6 9.6Z") +
        `<rect x="10.7" y="11.3" width="18.6" height="3.5" rx="1.6" fill="${fabric}"/><rect x="10.7" y="11.3" width="18.6" height="3.5" rx="1.6" fill="#000" fill-opacity=".16"/>`
      )
    case "scarf":
      return `<path fill="${fabric}" fill-rule="evenodd" d="M10.2 20C9.4 9.4 14 5.2 20 5.2S30.6 9.4 29.8 20c-.4 6-4.4 10.4-9.8 10.4S10.6 26 10.2 20Zm3 -.6c.2 4.8 3 7.9 6.8 7.9s6.6-3.1 6.8-7.9C27 13.2 24.4 10 20 10s-7 3.2-6.8 9.4Z"/><path fill="#000" fill-opacity=".1" d="M12.5 26.5c4.5 4.6 10.5 4.6 15 0l2.7 6.5H9.8Z"/>`
    case "wrap":
      return (
        path(fabric, "M10.8 14.6C9.6 7.2 14 3 20 3s10.4 4.2 9.2 11.6c-2.3-2.9-5.4-4.6-9.2-4.6s-6.9 1.7-9.2 4.6Z") +
        `<path fill="none" stroke="#000" stroke-opacity=".16" stroke-width="1.1" d="M20 10C18 7 15 5.6 12.6 6.6M20 10c1.6-2.8 4.6-4.2 7.2-3.4"/>`
      )
    case "bald":
      return ""
  }
}
