import type { ReactNode } from "react"
import { AuthFrame } from "../../features/account/auth-frame.tsx"

const AuthLayout = ({ children }: { children: ReactNode }) => <AuthFrame>{children}</AuthFrame>

export default AuthLayout
