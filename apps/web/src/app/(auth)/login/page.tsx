import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { LoginForm } from "../../../features/account/login-form.tsx"
import { Wall } from "../../../features/account/wall.tsx"
import { pageCaller } from "../../../features/shell/caller.ts"
import { safeNext } from "../../../features/shell/safe-next.ts"

export const metadata: Metadata = { title: "Sign in" }

const LoginPage = async ({ searchParams }: PageProps<"/login">) => {
  const { next } = await searchParams
  const path = safeNext(typeof next === "string" ? next : null)
  const { caller, session } = await pageCaller()
  if (session) redirect(path)
  const { needsSetup, instanceName, registration } = await caller.setup.status()
  if (needsSetup) redirect("/setup")
  return (
    <Wall title={instanceName ?? "Hearth"} lead="Sign in to see who is here.">
      <LoginForm next={path} mayRegister={registration === "open"} />
    </Wall>
  )
}

export default LoginPage
