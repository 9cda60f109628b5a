import "@hearth/ui/styles.css"
import { firstFonts } from "@hearth/ui/fonts"
import type { Metadata, Viewport } from "next"
import { getLocale, getTranslations } from "next-intl/server"
import { cookies, headers } from "next/headers"
import { connection } from "next/server"
import type { ReactNode } from "react"
import { preload } from "react-dom"
import { Alive } from "../features/shell/alive.tsx"
import { ALIVE, firstScript } from "../features/shell/first-script.ts"
import { LOOK_COOKIE, lookAttributes, parseLook } from "../features/settings/look.ts"
import { LookProvider } from "../features/settings/use-look.tsx"
import { LOCALES } from "../i18n/locales.ts"
import { SomeTexts } from "../i18n/some-texts.tsx"

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("title")
  return {
    title: { default: "Hearth", template: "%s · Hearth" },
    description: t("description"),
    referrer: "same-origin",
    robots: { index: false, follow: false },
  }
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  colorScheme: "light dark",
  interactiveWidget: "resizes-content",
}

const FIRST = `(${firstScript.toString()})(${JSON.stringify(ALIVE)})`

const RootLayout = async ({ children }: { children: ReactNode }) => {
  // Every page carries its own nonce, so none may be made before it is asked for.
  await connection()
  for (const font of firstFonts) preload(font, { as: "font", type: "font/woff2", crossOrigin: "anonymous" })
  const look = parseLook((await cookies()).get(LOOK_COOKIE)?.value)
  const locale = await getLocale()
  return (
    <html lang={locale} dir={LOCALES[locale].dir} {...lookAttributes(look)} suppressHydrationWarning>
      <body>
        {/* Browsers tell no script a nonce, so React finds another one than it sent. */}
        <script
          nonce={(await headers()).get("x-nonce") ?? undefined}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: FIRST }}
        />
        <SomeTexts of={["broken"]}>
          <LookProvider initial={look}>{children}</LookProvider>
        </SomeTexts>
        <Alive />
      </body>
    </html>
  )
}

export default RootLayout
