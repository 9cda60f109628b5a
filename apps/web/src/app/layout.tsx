import "@hearth/ui/styles.css"
import type { Metadata, Viewport } from "next"
import { cookies } from "next/headers"
import { connection } from "next/server"
import type { ReactNode } from "react"
import { LOOK_COOKIE, lookAttributes, parseLook } from "../features/settings/look.ts"
import { LookProvider } from "../features/settings/use-look.tsx"

export const metadata: Metadata = {
  title: { default: "Hearth", template: "%s · Hearth" },
  description: "A warm place to talk.",
  referrer: "same-origin",
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  colorScheme: "light dark",
  interactiveWidget: "resizes-content",
}

const RootLayout = async ({ children }: { children: ReactNode }) => {
  // Every page carries its own nonce, so none may be made before it is asked for.
  await connection()
  const look = parseLook((await cookies()).get(LOOK_COOKIE)?.value)
  return (
    <html lang="en" {...lookAttributes(look)} suppressHydrationWarning>
      <body>
        <LookProvider initial={look}>{children}</LookProvider>
      </body>
    </html>
  )
}

export default RootLayout
