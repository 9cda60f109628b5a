"use client"
import { DeviceMobileIcon, PaletteIcon, UserIcon } from "@hearth/ui"
import { usePathname } from "next/navigation"
import type { ReactNode } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { SettingsPage } from "../settings/settings-page.tsx"
import { startOf } from "../shell/place.ts"

const whys: Record<string, ReactNode> = {
  "/settings/account": (
    <>
      <h2>Your account</h2>
      <p>It is yours on this Hearth alone, in all its servers.</p>
      <p>Your name is what others see. Your e-mail address is seen by nobody else.</p>
    </>
  ),
  "/settings/sessions": (
    <>
      <h2>What a session is</h2>
      <p>Each browser that you signed in with. Whoever has one of them is you.</p>
      <p>One that you do not know? End it, then change your password: that ends all others, too.</p>
    </>
  ),
  "/settings/appearance": (
    <>
      <h2>Only here</h2>
      <p>These are kept in this browser. Your other devices keep their own.</p>
    </>
  ),
}

/** The frame of one's own settings. */
export const OwnSettings = ({ children }: { children: ReactNode }) => {
  const path = usePathname()
  const name = useBootstrap((b) => b.me.displayName)
  const guilds = useBootstrap((b) => b.guilds)
  return (
    <SettingsPage
      title={name}
      back={{ href: startOf(guilds) ?? "/", label: "Back to the servers" }}
      why={whys[path]}
      links={[
        { href: "/settings/account", label: "Account", icon: <UserIcon className="i" aria-hidden="true" /> },
        { href: "/settings/sessions", label: "Sessions", icon: <DeviceMobileIcon className="i" aria-hidden="true" /> },
        { href: "/settings/appearance", label: "Appearance", icon: <PaletteIcon className="i" aria-hidden="true" /> },
      ]}
    >
      {children}
    </SettingsPage>
  )
}
