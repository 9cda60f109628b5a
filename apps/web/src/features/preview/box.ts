import type { Preview } from "@hearth/core"

/** The box of a card: the sheet alone says how high each kind is, whether its code and its picture are here or not. */
export const previewBox = ({ title, text, picture }: Preview): string =>
  `preview${text ? " talks" : ""}${picture?.large ? " shows" : ""}${title ? "" : " bare"}`
