"use client"
import { HashIcon, SlidersHorizontalIcon, TicketIcon, UsersIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { SettingsPage } from "../settings/settings-page.tsx"
import { LoneNowhere } from "../shell/lone-nowhere.tsx"
import { entranceOf, settingsPath, useAddress, useGuild, useMay } from "../shell/place.ts"

const Why = () => {
  const t = useTranslations("guild.why")
  return (
    <>
      <h2>{t("title")}</h2>
      <p>{t("owner")}</p>
      <p>{t("admins")}</p>
      <p>{t("members")}</p>
    </>
  )
}

/** The frame of a server's settings. What one may not do is not there; the server refuses it anyway. */
export const GuildSettings = ({ children }: { children: ReactNode }) => {
  const t = useTranslations("guild")
  const { guildId } = useAddress()
  const snapshot = useGuild(guildId)
  const may = useMay(snapshot)
  if (!snapshot || snapshot.conversation) return <LoneNowhere>{t("nowhere")}</LoneNowhere>
  const { guild } = snapshot
  return (
    <SettingsPage
      title={guild.name}
      back={{ href: entranceOf(snapshot), label: t("back", { server: guild.name }) }}
      why={<Why />}
      links={[
        ...(may("MANAGE_GUILD")
          ? [
              {
                href: settingsPath(guild.id, "overview"),
                label: t("overview"),
                icon: <SlidersHorizontalIcon className="i" aria-hidden="true" />,
              },
            ]
          : []),
        ...(may("MANAGE_CHANNELS")
          ? [
              {
                href: settingsPath(guild.id, "channels"),
                label: t("channels"),
                icon: <HashIcon className="i" aria-hidden="true" />,
              },
            ]
          : []),
        {
          href: settingsPath(guild.id, "invites"),
          label: t("invites"),
          icon: <TicketIcon className="i" aria-hidden="true" />,
        },
        {
          href: settingsPath(guild.id, "members"),
          label: t("members"),
          icon: <UsersIcon className="i" aria-hidden="true" />,
        },
      ]}
    >
      {children}
    </SettingsPage>
  )
}
