"use client"
import { usePathname } from "next/navigation"
import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from "react"
import { type Address, addressOf } from "./address.ts"
import { pathAhead } from "./go.ts"

const AddressContext = createContext<Address>({})

/** What the address names. Whoever asks is drawn anew when that changes, and not when the router comes after (`go.ts`). */
export const useAddress = (): Address => useContext(AddressContext)

export const AddressProvider = ({ children }: { children: ReactNode }) => {
  const path = usePathname()
  const ahead = useSyncExternalStore(pathAhead.subscribe, pathAhead.get, () => null)
  useEffect(() => pathAhead.caughtUp(path), [path])
  const here = ahead ?? path
  return <AddressContext value={useMemo(() => addressOf(here), [here])}>{children}</AddressContext>
}
