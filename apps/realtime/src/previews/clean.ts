// What changes the direction of the text around it, takes no place, or stands in for nothing. Joiners and variation selectors
// stay: emoji and many scripts need them.
const unseen =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]|\u034f|\u17b4|\u17b5/gu
/** Marks that are piled up reach into the lines above and below. */
const piled = /(\p{M}{3})\p{M}+/gu
/** No longer text is looked at: pages are long. */
const MAX_LOOK = 4_000

/** What a page says, as one line of plain text; cut at a word where it is longer. */
export const cleanText = (text: string, maxPoints: number): string => {
  const line = text
    .slice(0, MAX_LOOK)
    .toWellFormed()
    .replace(/\s+/g, " ")
    .replace(unseen, "")
    .replace(piled, "$1")
    .normalize("NFC")
    .replace(/ +/g, " ")
    .trim()
  const points = [...line]
  if (points.length <= maxPoints) return line
  const cut = points.slice(0, maxPoints - 1).join("")
  const word = cut.lastIndexOf(" ")
  return `${(word > cut.length / 2 ? cut.slice(0, word) : cut).trimEnd()}…`
}
