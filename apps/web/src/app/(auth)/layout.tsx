import type { ReactNode } from "react"
import { AuthFrame } from "../../features/account/auth-frame.tsx"
import { SomeTexts } from "../../i18n/some-texts.tsx"

const AuthLayout = ({ children }: { children: ReactNode }) => (
  <SomeTexts of={["account", "broken", "common", "errors", "invite", "setup"]}>
    <AuthFrame>{children}</AuthFrame>
  </SomeTexts>
)

export default AuthLayout
