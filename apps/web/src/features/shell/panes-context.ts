"use client"
import { createContext, useContext } from "react"

/** Which of what lies beside the room is open. */
export interface Panes {
  drawer: boolean
  setDrawer: (open: boolean) => void
  people: boolean
  setPeople: (open: boolean) => void
}

export const PanesContext = createContext<Panes>({
  drawer: false,
  setDrawer: () => {},
  people: false,
  setPeople: () => {},
})
export const usePanes = () => useContext(PanesContext)
