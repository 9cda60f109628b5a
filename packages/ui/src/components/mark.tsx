const ARCH =
  "M16 2C8.3 2 2.5 7.9 2.5 15.4V27a3 3 0 0 0 3 3h21a3 3 0 0 0 3-3V15.4C29.5 7.9 23.7 2 16 2Zm0 5c5 0 8.5 3.6 8.5 8.6V25h-17v-9.4C7.5 10.6 11 7 16 7Z"

/** Lit: a half sun in ember. Unlit: the same in the quiet tone. None: the arch alone, for what is not there. */
export type Light = "lit" | "unlit" | "none"

export const lightOf: Record<Light, "true" | "false" | "none"> = { lit: "true", unlit: "false", none: "none" }

/** The mouth of the hearth with half a sun on its stone. The arch takes the colour of the text. Decorative: name it beside. */
export const Mark = ({ light = "lit" }: { light?: Light }) => (
  <svg className="mark" data-lit={lightOf[light]} viewBox="0 0 32 32" aria-hidden="true">
    <path fill="currentColor" d={ARCH} />
    <path className="sun" d="M9.6 25a6.4 6.4 0 0 1 12.8 0Z" />
  </svg>
)
