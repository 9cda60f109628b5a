"use client"
import { PathIcon } from "@phosphor-icons/react/dist/ssr/Path"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { SettingsPage } from "../settings/settings-page.tsx"
import { LoneNowhere } from "../shell/lone-nowhere.tsx"
import { startOf } from "../shell/place.ts"
import "./admin.css"

const Why = () => {
  const t = useTranslations("admin.why")
  return (
    <>
      <h2>{t("title")}</h2>
      <p>{t("kept")}</p>
      <p>{t("nodes")}</p>
      <p>{t("devices")}</p>
      <p>{t("privacy")}</p>
    </>
  )
}

/** The frame of pages for administrators of the instance. For everybody else there is nothing at this address. */
export const AdminFrame = ({ children }: { children: ReactNode }) => {
  const t = useTranslations("admin")
  const isAdministrator = useBootstrap((b) => b.me.isInstanceAdmin)
  const name = useBootstrap((b) => b.instance.name)
  const guilds = useBootstrap((b) => b.guilds)
  if (!isAdministrator) return <LoneNowhere>{t("nowhere")}</LoneNowhere>
  return (
    <SettingsPage
      title={name}
      back={{ href: startOf(guilds) ?? "/", label: t("back") }}
      why={<Why />}
      links={[{ href: "/admin/message", label: t("nav"), icon: <PathIcon className="i" aria-hidden="true" /> }]}
    >
      {children}
    </SettingsPage>
  )
}
