import { useLayoutEffect, useState } from "react"
import type { Row } from "./rows.ts"

export interface Growth {
  /** What to draw now. */
  rows: readonly Row[]
  /** Rows came above and nowhere else: the virtualizer keeps the distance from the end. */
  shift: boolean
}

/**
 * The next step from what is drawn to what is to be drawn. The virtualizer keeps its place while rows come above, or while rows
 * come below, and not while both happen at once: then those above come first.
 */
export const nextGrowth = (drawn: readonly Row[], wanted: readonly Row[]): Growth => {
  const first = drawn[0]?.key
  const last = drawn.at(-1)?.key
  if (first === undefined || wanted[0]?.key === first) return { rows: wanted, shift: false }
  const from = wanted.findIndex((r) => r.key === first)
  if (from <= 0) return { rows: wanted, shift: false }
  const to = wanted.findLastIndex((r) => r.key === last)
  return { rows: to < 0 ? wanted : wanted.slice(0, to + 1), shift: to >= 0 }
}

export const useSteadyRows = (wanted: readonly Row[]): Growth => {
  const [growth, setGrowth] = useState<Growth & { wanted: readonly Row[] }>({ rows: wanted, shift: false, wanted })
  let current = growth
  if (current.wanted !== wanted) {
    current = { ...nextGrowth(current.rows, wanted), wanted }
    setGrowth(current)
  }
  useLayoutEffect(() => {
    if (current.rows.length < current.wanted.length)
      // Two commits on purpose: the first has to be measured.
      // oxlint-disable-next-line react/set-state-in-effect
      setGrowth({ rows: current.wanted, shift: false, wanted: current.wanted })
  }, [current])
  return current
}
