import type { Row } from "./rows.ts"

/** More than these are drawn, sure or not: somebody may have written a whole page. */
const MOST = 8

/**
 * The rows to draw while older ones are not loaded. Whether the first ones begin a day or go on from the author before is not known
 * yet: drawn, they would lose their heads as soon as it is. So they wait with the page before them, unless somebody looks for one.
 */
export const sureRows = (rows: readonly Row[], hasOlder: boolean, seq: number | undefined): readonly Row[] => {
  if (!hasOlder) return rows
  const from = rows.findIndex((row, i) => i > 0 && row.leads)
  if (from < 0 || from > MOST) return rows
  const wanted = rows
    .slice(0, from)
    .some((row) => row.newSince !== null || row.kind === "outgoing" || row.message.seq === seq)
  return wanted ? rows : rows.slice(from)
}

/** No row is lower than these, in any density. */
const LEAST_PX = { leads: 34, goesOn: 20 }

/** The newest rows that fill a screen of this height, whatever is in them: enough for a first frame at the end of a log. */
export const newestRows = (rows: readonly Row[], height: number): readonly Row[] => {
  let from = rows.length
  for (let filled = 0; from > 0 && filled < height; from--)
    filled += rows[from - 1]?.leads ? LEAST_PX.leads : LEAST_PX.goesOn
  return rows.slice(from)
}

/** All when there is no such row. */
export const rowsFrom = (rows: readonly Row[], key: string): readonly Row[] => {
  const from = rows.findIndex((row) => row.key === key)
  return from > 0 ? rows.slice(from) : rows
}
