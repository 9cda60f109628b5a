import { AppError, type Listed } from "@hearth/core"
import { type AnyColumn, sql } from "drizzle-orm"
import { z } from "zod"

/** A cursor is the sort key of the last row, unreadable on purpose: clients hand it back as it is. */
export const toCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url")

/** The sort key that a cursor names, or null to begin with. What a client made up itself is no place in a list. */
export const fromCursor = <T>(cursor: string | undefined, key: z.ZodType<T>): T | null => {
  if (cursor === undefined) return null
  const parsed = key.safeParse(decode(cursor))
  if (!parsed.success) throw new AppError("BAD_REQUEST", "That is not a place in this list.")
  return parsed.data
}

const decode = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString())
  } catch {
    return null
  }
}

/** A moment to the microsecond, which is what PostgreSQL keeps: milliseconds would skip or repeat rows. */
export const Micros = z.string().regex(/^[0-9]{1,17}$/)
export const microsOf = (column: AnyColumn) => sql<string>`(extract(epoch from ${column}) * 1000000)::bigint::text`
export const atMicros = (micros: string) => sql`(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond')`

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
