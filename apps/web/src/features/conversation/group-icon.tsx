"use client"
import type { FaceSize } from "@hearth/ui"
import { type ReactNode, useEffect, useState } from "react"

/** What could not be had may be had later: it is asked for again so often, each time after twice as long. */
const MOST_TRIES = 6
const AGAIN_MS = 5_000

/**
 * The picture of a group, round as its people are; its name stands beside it. Where there is none, or it cannot be had:
 * `children`, what is drawn of a group without one.
 */
export const GroupIcon = ({
  src,
  size,
  alt = "",
  children,
}: {
  src: string | undefined
  size: FaceSize
  alt?: string
  children: ReactNode
}) => {
  const [failed, setFailed] = useState<{ src: string; times: number; waits: boolean }>()
  const { times, waits } = failed?.src === src && failed ? failed : { times: 0, waits: false }
  useEffect(() => {
    if (src === undefined || !waits || times >= MOST_TRIES) return
    const timer = setTimeout(() => setFailed({ src, times, waits: false }), AGAIN_MS * 2 ** times)
    return () => clearTimeout(timer)
  }, [src, times, waits])
  if (src === undefined || waits) return children
  return (
    <span className={`face given f${size}`}>
      {/* oxlint-disable-next-line nextjs/no-img-element -- it is as small as it is drawn, and of nobody else */}
      <img
        className="portrait"
        src={src}
        alt={alt}
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setFailed({ src, times: times + 1, waits: true })}
      />
    </span>
  )
}
