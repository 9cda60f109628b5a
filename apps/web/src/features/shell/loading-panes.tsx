"use client"
import { type ReactNode, useSyncExternalStore } from "react"
import { peopleWanted } from "./people-wanted.ts"

const never = () => () => {}

/** With people beside it or without, as was chosen in this browser; the server draws what most have. */
export const LoadingPanes = ({ people, children }: { people: ReactNode; children: ReactNode }) => {
  // Where there is no room for them the stylesheet knows.
  const wanted = useSyncExternalStore(never, peopleWanted, () => true)
  return (
    <div className="app" data-people={wanted ? "on" : "off"}>
      {children}
      {wanted && people}
    </div>
  )
}
