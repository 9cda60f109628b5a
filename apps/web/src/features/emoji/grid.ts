interface Grid {
  at: number
  count: number
  columns: number
  rtl: boolean
}

/** Where a key leads in a grid that is read line by line; null: the key says nothing here. */
export const moveInGrid = (key: string, { at, count, columns, rtl }: Grid): number | null => {
  if (count === 0) return null
  const last = count - 1
  const by = (n: number) => Math.max(0, Math.min(last, at + n))
  switch (key) {
    case "ArrowRight":
      return by(rtl ? -1 : 1)
    case "ArrowLeft":
      return by(rtl ? 1 : -1)
    case "ArrowDown":
      // Into a last line that is shorter, too, but never along the line that one is in.
      return Math.floor(at / columns) === Math.floor(last / columns) ? at : by(columns)
    case "ArrowUp":
      return at < columns ? at : at - columns
    case "PageDown":
      return by(columns * 4)
    case "PageUp":
      return by(-columns * 4)
    default:
      return null
  }
}
