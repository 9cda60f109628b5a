"use client"
import { Button, buttonClass } from "@hearth/ui"
import { Wall } from "../features/account/wall.tsx"

const ErrorPage = ({ reset }: { error: Error & { digest?: string }; reset: () => void }) => (
  <Wall
    light="unlit"
    title="This page broke"
    lead="Something failed while it was drawn. What you wrote and sent is safe."
  >
    <Button look="ember" size="big" wide onClick={reset}>
      Try again
    </Button>
    <a className={buttonClass({ look: "bare", size: "big", wide: true })} href="/">
      Go to the start
    </a>
  </Wall>
)

export default ErrorPage
