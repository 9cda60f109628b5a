"use client"
import type { FaceSize } from "@hearth/ui"
import { type ReactNode, useState } from "react"

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
  const [missing, setMissing] = useState<string>()
  if (src === undefined || src === missing) return children
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
        onError={() => setMissing(src)}
      />
    </span>
  )
}
