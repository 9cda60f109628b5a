import { useEffect, useState } from "react"

const MINUTE = 60_000

/** The time, minute by minute until then, and then once more. Without an end it stands. */
export const useNowUntil = (end: number | null): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (end === null || now >= end) return
    const timer = setTimeout(() => setNow(Date.now()), Math.min(MINUTE, Math.max(1, end - Date.now())))
    return () => clearTimeout(timer)
  }, [end, now])
  return now
}
