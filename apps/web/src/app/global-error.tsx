"use client"
import "@hearth/ui/styles.css"
import { Button } from "@hearth/ui"
import { Wall } from "../features/account/wall.tsx"

const GlobalError = ({ reset }: { error: Error & { digest?: string }; reset: () => void }) => (
  <html lang="en">
    <body>
      <title>Hearth</title>
      <Wall light="unlit" title="Hearth broke" lead="Something failed on our side. What you wrote and sent is safe.">
        <Button look="ember" size="big" wide onClick={reset}>
          Try again
        </Button>
      </Wall>
    </body>
  </html>
)

export default GlobalError
