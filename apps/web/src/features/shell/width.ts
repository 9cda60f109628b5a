"use client"
import { useSyncExternalStore } from "react"

/** Widths of the window at which panes come and go, in rem: the same as in `narrow.css`, and by the reader's own rem. */
const WIDE = 75
const NARROW = 45

const widthInRem = (): number =>
  window.innerWidth / Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

/** All panes stand beside each other. */
export const isWide = (): boolean => widthInRem() >= WIDE
/** One pane, and a drawer. */
export const isNarrow = (): boolean => widthInRem() < NARROW

const subscribe = (listener: () => void) => {
  window.addEventListener("resize", listener)
  return () => window.removeEventListener("resize", listener)
}

export const useWide = (): boolean => useSyncExternalStore(subscribe, isWide, () => false)
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, isNarrow, () => false)
