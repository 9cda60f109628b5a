"use client"
import { useEffect, useState } from "react"

/** What a timer can count. */
const MOST_MS = 2 ** 31 - 1

/** Whether that moment is still to come: draws anew when it is there. */
export const useHolds = (until: number): boolean => {
  const [now, setNow] = useState(Date.now)
  const left = until - now
  useEffect(() => {
    if (left <= 0 || left === Number.POSITIVE_INFINITY) return
    const timer = setTimeout(() => setNow(Date.now()), Math.min(Math.max(0, until - Date.now()), MOST_MS))
    return () => clearTimeout(timer)
  }, [until, left])
  return left > 0
}
