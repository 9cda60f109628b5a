"use client"
import { Button } from "@hearth/ui"
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
    <Button look="bare" size="big" wide onClick={() => window.location.assign("/")}>
      Go to the start
    </Button>
  </Wall>
)

export default ErrorPage
