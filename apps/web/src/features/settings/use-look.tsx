"use client"
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react"
import { DEFAULT_LOOK, formatLook, type Look, LOOK_COOKIE, lookAttributes } from "./look.ts"

const YEAR_S = 365 * 24 * 60 * 60

const LookContext = createContext<{ look: Look; setLook: (change: Partial<Look>) => void }>({
  look: DEFAULT_LOOK,
  setLook: () => {},
})

export const useLook = () => useContext(LookContext)

const apply = (look: Look) => {
  const root = document.documentElement
  for (const [name, value] of Object.entries(lookAttributes(look)))
    if (value === undefined) root.removeAttribute(name)
    else root.setAttribute(name, value)
}

/** Holds the look, writes the cookie, and asks the system for the contrast that one wants when one has not said. */
export const LookProvider = ({ initial, children }: { initial: Look; children: ReactNode }) => {
  const [look, setState] = useState(initial)
  useEffect(() => {
    const wantsMore = window.matchMedia("(prefers-contrast: more)")
    const show = () => apply(look.contrast === "system" && wantsMore.matches ? { ...look, contrast: "more" } : look)
    show()
    wantsMore.addEventListener("change", show)
    return () => wantsMore.removeEventListener("change", show)
  }, [look])
  const value = useMemo(
    () => ({
      look,
      setLook: (change: Partial<Look>) => {
        const next = { ...look, ...change }
        const secure = window.location.protocol === "https:" ? "; secure" : ""
        // biome-ignore lint: the Cookie Store API is not in every browser that we support
        document.cookie = `${LOOK_COOKIE}=${formatLook(next)}; path=/; max-age=${YEAR_S}; samesite=lax${secure}`
        setState(next)
      },
    }),
    [look],
  )
  return <LookContext value={value}>{children}</LookContext>
}
