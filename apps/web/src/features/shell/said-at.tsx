"use client"
import { useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { isoTime } from "../message/times.ts"
import { useWhen } from "./when.ts"

const DAY_MS = 86_400_000

/** When something was said, in a list: the hour of today, else how long ago. */
export const SaidAt = ({ at }: { at: number }) => {
  const formats = useFormats()
  const when = useWhen()
  const [today] = useState(() => new Date().setHours(0, 0, 0, 0))
  return (
    <time dateTime={isoTime(at)} title={formats.full(at)}>
      {at >= today && at < today + DAY_MS ? formats.clock(at) : when(at)}
    </time>
  )
}
