import words from "@fontsource-variable/commissioner/files/commissioner-latin-wght-normal.woff2"
import figures from "./styles/figures/hearth-figures.woff2"

/** What the first words of any page are written in, by address: asked for with the page, they are there before those words are. */
export const firstFonts: readonly string[] = [words, figures]
