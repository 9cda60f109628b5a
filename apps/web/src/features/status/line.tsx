"use client"
import type { HeardLine } from "../gateway/presence-watch.ts"
import { useHolds } from "./use-holds.ts"

/** The line itself, as long as it holds. */
export const Line = ({ line }: { line: HeardLine }) => {
  const { emoji, text, at, leftMs } = line
  const holds = useHolds(leftMs === undefined ? Number.POSITIVE_INFINITY : at + leftMs)
  if (!holds) return null
  return (
    <span className="st clip" dir="auto" title={text}>
      {[emoji, text].filter(Boolean).join(" ")}
    </span>
  )
}
