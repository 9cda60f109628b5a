import { hairBehind, hairInFront } from "./hair.ts"
import { skins, type Traits, traitsOf } from "./traits.ts"

const collar = ({ collar, cloth }: Traits, skin: string): string => {
  switch (collar) {
    case "shirt":
      return `<path fill="#f3ede2" d="M15.2 28.4 20 34l4.8-5.6 2.4 1.8-3.6 6.3L20 34l-3.6 2.5-3.6-6.3Z"/>`
    case "hood":
      return `<path fill="#000" fill-opacity=".18" d="M11.5 30c2 4.4 5 6 8.5 6s6.5-1.6 8.5-6l3 1.6c-2 5.8-6 8.4-11.5 8.4S10.5 37.4 8.5 31.6Z"/>`
    case "stripes":
      return `<path fill="none" stroke="#f3ede2" stroke-opacity=".55" stroke-width="1.6" d="M6.8 35.5c8 2.4 18.4 2.4 26.4 0M5.8 39c8.8 2.4 19.6 2.4 28.4 0"/><path fill="${skin}" d="M15.6 28.6a4.4 3.6 0 0 0 8.8 0Z"/>`
    case "crew":
      return `<path fill="none" stroke="${cloth}" stroke-width="2.2" d="M14.4 29.2c1.6 3.2 9.6 3.2 11.2 0"/><path fill="none" stroke="#000" stroke-opacity=".18" stroke-width="1" d="M14.2 30c1.8 3.2 9.8 3.2 11.6 0"/>`
  }
}

const beard = ({ beard, hair }: Traits): string => {
  const moustache = `<path fill="${hair}" d="M16 21.7c1.2-1.3 2.8-1.3 4-.5 1.2-.8 2.8-.8 4 .5-1.3.7-2.7.8-4 .3-1.3.5-2.7.4-4-.3Z"/>`
  if (beard === "moustache") return moustache
  if (beard === "goatee")
    return `${moustache}<path fill="${hair}" d="M17.4 24.6c1.7-.7 3.5-.7 5.2 0 .2 1.9-.9 3.3-2.6 3.3s-2.8-1.4-2.6-3.3Z"/>`
  if (beard === "full")
    return `<path fill="${hair}" d="M12.1 17.4c.7 1.9 1.7 3.6 3.3 4 2.8-1.4 6.4-1.4 9.2 0 1.6-.4 2.6-2.1 3.3-4 .3 6.7-2.6 11.2-7.9 11.2s-8.2-4.5-7.9-11.2Z"/>`
  return ""
}

const mouth = ({ mouth, beard }: Traits, lips: string): string => {
  const color = beard === "full" ? "#f0dccd" : lips
  if (mouth === "grin")
    return `<path fill="#fbf4ea" stroke="${lips}" stroke-width=".7" d="M17.2 22.5c1.7.5 3.9.5 5.6 0-.3 1.7-1.3 2.5-2.8 2.5s-2.5-.8-2.8-2.5Z"/>`
  const d = mouth === "smile" ? "M17.2 22.6c1.6 1.7 4 1.7 5.6 0" : "M17.6 23c1.5.6 3.3.6 4.8 0"
  return `<path fill="none" stroke="${color}" stroke-width="1.1" stroke-linecap="round" d="${d}"/>`
}

const glasses = ({ glasses, glassesColor }: Traits): string => {
  if (glasses === "none") return ""
  const lens = (x: number) =>
    glasses === "round"
      ? `<circle cx="${x}" cy="18" r="2.7"/>`
      : `<rect x="${x - 2.8}" y="15.8" width="5.6" height="4.2" rx="1.1"/>`
  return `<g fill="#fff" fill-opacity=".16" stroke="${glassesColor}" stroke-width=".9">${lens(16.6)}${lens(23.4)}<path fill="none" d="M19.3 17.7c.4-.3 1-.3 1.4 0M13.9 17.4l-1.9-.6M26.1 17.4l1.9-.6"/></g>`
}

const face = (traits: Traits): string => {
  const { base, shade, lips } = skins[traits.skin] ?? skins[0]
  const rx = 7.5 + traits.width * 0.8
  const covered = traits.style === "scarf"
  const ears = covered
    ? ""
    : `<circle cx="${(20 - rx).toFixed(2)}" cy="18.6" r="1.7" fill="${shade}"/><circle cx="${(20 + rx).toFixed(2)}" cy="18.6" r="1.7" fill="${shade}"/>`
  const brow = traits.old ? traits.hair : traits.skin > 2 ? "#241b18" : traits.hair
  return [
    ears,
    `<ellipse cx="20" cy="18" rx="${rx.toFixed(2)}" ry="9.6" fill="${base}"/>`,
    traits.blush
      ? `<g fill="${lips}" fill-opacity=".22"><circle cx="15" cy="21.2" r="1.7"/><circle cx="25" cy="21.2" r="1.7"/></g>`
      : "",
    beard(traits),
    `<g fill="#241b18"><circle cx="16.7" cy="18.1" r=".95"/><circle cx="23.3" cy="18.1" r=".95"/></g>`,
    `<g fill="none" stroke="${brow}" stroke-width=".9" stroke-linecap="round"><path d="M15.2 15.5c.9-.6 1.9-.7 2.8-.3M22 15.2c.9-.4 1.9-.3 2.8.3"/></g>`,
    `<path fill="none" stroke="${shade}" stroke-width=".9" stroke-linecap="round" d="M20.1 18.4c.5 1 .6 1.7-.4 2"/>`,
    mouth(traits, lips),
  ].join("")
}

/** A friendly, flat face of nobody: an SVG of 40 × 40, always the same for a seed, without scripts, styles or links. */
export const drawPortrait = (seed: string): string => {
  const traits = traitsOf(seed)
  const { shade } = skins[traits.skin] ?? skins[0]
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="160" height="160">`,
    `<rect width="40" height="40" fill="${traits.background}"/>`,
    hairBehind(traits),
    `<path fill="${traits.cloth}" d="M4.5 41c0-7.8 5.6-11.4 15.5-11.4S35.5 33.2 35.5 41Z"/>`,
    `<path fill="${shade}" d="M16.6 24h6.8v5.4c-.9 2.4-5.9 2.4-6.8 0Z"/>`,
    collar(traits, shade),
    face(traits),
    hairInFront(traits),
    glasses(traits),
    "</svg>",
  ]
  return svg.join("")
}
