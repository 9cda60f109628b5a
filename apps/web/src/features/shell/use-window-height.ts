"use client"
import { useEffect } from "react"

/** A zoomed page is smaller than its window, too: then nothing is covered. */
const COVERED_PX = 80

/** Where a keyboard on the screen covers the page instead of making it smaller (Safari), the app is as high as what is left. */
export const useWindowHeight = (): void => {
  useEffect(() => {
    const { visualViewport: viewport } = window
    if (!viewport) return
    const root = document.documentElement
    const look = () => {
      const covered = viewport.scale === 1 && window.innerHeight - viewport.height > COVERED_PX
      if (covered) {
        root.style.setProperty("--window-height", `${viewport.height}px`)
        window.scrollTo(0, 0)
      } else root.style.removeProperty("--window-height")
    }
    viewport.addEventListener("resize", look)
    return () => {
      viewport.removeEventListener("resize", look)
      root.style.removeProperty("--window-height")
    }
  }, [])
}
