"use client"
import { onDemand, useOnDemand } from "@hearth/ui"
import { useEffect, useState } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { focusComposer } from "../message/index.ts"
import { hintsHere, isTourNew, onTourAsked, tourShown } from "./tour-state.ts"

// Once in an account's life, and over what is there: it need not come with it.
const card = onDemand(() => import("./tour-card.tsx"))
/** First one sees where one is and what is said there; hints are for whoever has looked around. */
const LOOKED_MS = 4_000

/** A few hints at the edge of the screen. It takes neither the focus nor the place of anything, and one press ends it. */
export const Tour = () => {
  const me = useBootstrap((b) => b.me.id)
  const [at, setAt] = useState<number | null>(() => (isTourNew(me) ? 0 : null))
  const [asked, setAsked] = useState(false)
  const [looked, setLooked] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setLooked, LOOKED_MS, true)
    return () => clearTimeout(timer)
  }, [])
  useEffect(
    () =>
      onTourAsked(() => {
        setAsked(true)
        setAt(0)
      }),
    [],
  )
  const hint = at === null || !(looked || asked) ? undefined : hintsHere()[at]
  // Without a connection it comes another time.
  const loaded = useOnDemand(card, hint !== undefined, () => setAt(null))
  useEffect(() => {
    if (at !== null && loaded) tourShown(me)
  }, [at, me, loaded])
  if (at === null || hint === undefined || !loaded) return null
  return (
    <loaded.TourCard
      key={asked ? "asked" : "new"}
      hint={hint}
      at={at}
      takesFocus={asked}
      onNext={() => setAt(at + 1)}
      onEnd={() => {
        setAt(null)
        setAsked(false)
        focusComposer()
      }}
    />
  )
}
