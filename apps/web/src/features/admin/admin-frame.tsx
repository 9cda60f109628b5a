"use client"
import { FlagIcon } from "@phosphor-icons/react/dist/ssr/Flag"
import { PathIcon } from "@phosphor-icons/react/dist/ssr/Path"
import { useTranslations } from "next-intl"
import { usePathname } from "next/navigation"
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

const WhyReports = () => {
  const t = useTranslations("admin.reports")
  return (
    <>
      <h2>{t("why")}</h2>
      <p>{t("whyAbout")}</p>
      <p>{t("whyWords")}</p>
    </>
  )
}

/** The frame of pages for administrators of the instance. For everybody else there is nothing at this address. */
export const AdminFrame = ({ children }: { children: ReactNode }) => {
  const t = useTranslations("admin")
  const inReports = usePathname().startsWith("/admin/reports")
  const isAdministrator = useBootstrap((b) => b.me.isInstanceAdmin)
  const name = useBootstrap((b) => b.instance.name)
  const guilds = useBootstrap((b) => b.guilds)
  if (!isAdministrator) return <LoneNowhere>{t("nowhere")}</LoneNowhere>
  return (
    <SettingsPage
      title={name}
      back={{ href: startOf(guilds) ?? "/", label: t("back") }}
      why={inReports ? <WhyReports /> : <Why />}
      links={[
        { href: "/admin/message", label: t("nav"), icon: <PathIcon className="i" aria-hidden="true" /> },
        { href: "/admin/reports", label: t("reports.nav"), icon: <FlagIcon className="i" aria-hidden="true" /> },
      ]}
    >
      {children}
    </SettingsPage>
  )
}
