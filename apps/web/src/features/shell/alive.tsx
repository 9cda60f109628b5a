"use client"
import { useEffect } from "react"
import { ALIVE } from "./first-script.ts"

/** Stands at a document's root: tells its first script that React hears this page. */
export const Alive = () => {
  useEffect(() => {
    // After what coming to life itself still changes.
    const timer = setTimeout(() => window.dispatchEvent(new Event(ALIVE)))
    return () => clearTimeout(timer)
  }, [])
  return null
}
