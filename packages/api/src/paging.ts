import { AppError, type Listed } from "@hearth/core"

/** A cursor is the sort key of the last row, unreadable on purpose: clients hand it back as it is. */
export const toCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url")

export const fromCursor = (cursor: string | undefined, length: number): string[] | null => {
  if (cursor === undefined) return null
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString())
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === "string")) return key
  } catch {
    // Falls through to the refusal: what a client made up itself is no cursor.
  }
  throw new AppError("BAD_REQUEST", "That is not a place in this list.")
}

/** From `limit + 1` rows: the page, and where the next begins. */
export const toListed = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => string[],
  item: (row: Row) => Item,
): Listed<Item> => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(item), next: rows.length > limit && last ? toCursor(key(last)) : null }
}
