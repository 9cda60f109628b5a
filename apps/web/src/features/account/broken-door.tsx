import { Button, onDemand, useOnDemand } from "@hearth/ui"
import { useState } from "react"

// Hardly anybody ever sees it: it is no part of every page.
const pages = onDemand(() => import("./broken.tsx"))

/** What says that something broke; until it is there nothing, and one button where it cannot be had. */
export const useBroken = (again: string, reset: () => void) => {
  const [missing, setMissing] = useState(false)
  const loaded = useOnDemand(pages, true, () => setMissing(true))
  const bare = missing ? (
    <main className="wall">
      <Button look="ember" size="big" onClick={reset}>
        {again}
      </Button>
    </main>
  ) : null
  return { loaded, bare }
}
