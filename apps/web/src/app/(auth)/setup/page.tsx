import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { Wall } from "../../../features/account/wall.tsx"
import { SetupForm } from "../../../features/setup/setup-form.tsx"
import { pageCaller } from "../../../features/shell/caller.ts"

export const metadata: Metadata = { title: "Light the hearth" }

const SetupPage = async () => {
  const { caller } = await pageCaller()
  const { needsSetup } = await caller.setup.status()
  if (!needsSetup) redirect("/")
  return (
    <Wall
      light="unlit"
      title="Light the hearth"
      lead="Nobody lives here yet. You will be its first keeper, and you can change all of this later."
    >
      <SetupForm />
    </Wall>
  )
}

export default SetupPage
