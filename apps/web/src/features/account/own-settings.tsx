"use client"
import { DeviceMobileIcon, PaletteIcon, ShieldCheckIcon, UserIcon } from "@hearth/ui"
import { BellIcon } from "@phosphor-icons/react/dist/ssr/Bell"
import { useTranslations } from "next-intl"
import { usePathname } from "next/navigation"
import type { ReactNode } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { SettingsPage } from "../settings/settings-page.tsx"
import { startOf } from "../shell/place.ts"

const whys = {
  "/settings/account": ["account", "accountScope", "accountName"],
  "/settings/sessions": ["sessions", "sessionsScope", "sessionsStrange"],
  "/settings/keywords": ["keywords", "keywordsScope", "keywordsWhere"],
  "/settings/privacy": ["privacy", "privacyCode", "privacyBlock"],
  "/settings/appearance": ["appearance", "appearanceScope"],
} as const
const isExplained = (path: string): path is keyof typeof whys => Object.hasOwn(whys, path)

const Why = ({ path }: { path: keyof typeof whys }) => {
  const t = useTranslations("account.why")
  const [title, ...lines] = whys[path]
  return (
    <>
      <h2>{t(title)}</h2>
      {lines.map((line) => (
        <p key={line}>{t(line)}</p>
      ))}
    </>
  )
}

/** The frame of one's own settings. */
export const OwnSettings = ({ children }: { children: ReactNode }) => {
  const path = usePathname()
  const t = useTranslations("account")
  const tSettings = useTranslations("settings")
  const name = useBootstrap((b) => b.me.displayName)
  const guilds = useBootstrap((b) => b.guilds)
  return (
    <SettingsPage
      title={name}
      back={{ href: startOf(guilds) ?? "/", label: t("backToServers") }}
      why={isExplained(path) && <Why path={path} />}
      links={[
        { href: "/settings/account", label: tSettings("account"), icon: <UserIcon className="i" aria-hidden="true" /> },
        {
          href: "/settings/sessions",
          label: tSettings("sessions"),
          icon: <DeviceMobileIcon className="i" aria-hidden="true" />,
        },
        {
          href: "/settings/keywords",
          label: tSettings("keywords"),
          icon: <BellIcon className="i" aria-hidden="true" />,
        },
        {
          href: "/settings/privacy",
          label: tSettings("privacy"),
          icon: <ShieldCheckIcon className="i" aria-hidden="true" />,
        },
        {
          href: "/settings/appearance",
          label: tSettings("appearance"),
          icon: <PaletteIcon className="i" aria-hidden="true" />,
        },
      ]}
    >
      {children}
    </SettingsPage>
  )
}
