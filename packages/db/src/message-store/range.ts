import { type Marks, MAX_RESUME, type PageCursor, type Span } from "@hearth/core"

/** How many messages come with a `reset`. */
export const NEWEST_PAGE = 50

/** The numbers that a page holds: numbers are dense, so the head alone says which. Empty: `to = from − 1`. */
export const pageRange = (cursor: PageCursor, limit: number, head: number): Span => {
  const upTo = (to: number): Span => ({ from: Math.max(1, to - limit + 1), to })
  if (cursor.after !== undefined) {
    const from = Math.min(cursor.after, head) + 1
    return { from, to: Math.min(head, from + limit - 1) }
  }
  if (cursor.before !== undefined) return upTo(Math.min(cursor.before - 1, head))
  if (cursor.around !== undefined)
    return upTo(Math.min(head, Math.max(limit, cursor.around + Math.ceil(limit / 2) - 1)))
  return upTo(head)
}

/** Whether a client's span can be brought up to a log with that head, or has to start anew. */
export const mustReset = (span: Span | null, head: number): span is null =>
  span === null || span.to > head || head - span.to > MAX_RESUME || span.to - span.from >= 2 * MAX_RESUME

/** The marks as numbers, by scope. */
export const scopesOf = (marks: Marks): [scope: number, ver: number][] =>
  Object.entries(marks).map(([scope, ver]) => [Number(scope), ver])
