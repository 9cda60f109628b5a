import type { Message } from "@hearth/core"

/** The most used first. Those of one count keep one order, whatever order the store answers in. */
export const sortReactions = (reactions: Message["reactions"]): [emoji: string, count: number][] =>
  Object.entries(reactions).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))

/** As many are sure to fit into two lines of any width. */
export const SURE = 6
