"use client"
import { buttonClass, EmptyState } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useBootstrap } from "../gateway/index.ts"
import { Link } from "./link.tsx"
import { entranceOf, useAddress } from "./place.ts"
import { DrawerButton } from "./drawer-button.tsx"

/** Not there, or not for you: nobody can tell which from here. */
export const Nowhere = () => {
  const t = useTranslations("shell")
  const tCommon = useTranslations("common")
  const { guildId } = useAddress()
  const home = useBootstrap(({ guilds }) => {
    const servers = guilds.filter((g) => !g.conversation)
    return servers.find((g) => g.guild.id === guildId) ?? servers[0]
  })
  return (
    <main className="room" id="room" tabIndex={-1} aria-label={t("nowhere")}>
      <header className="bar">
        <DrawerButton />
        <p className="quiet">{t("nowhere")}</p>
      </header>
      <EmptyState
        level={1}
        sun={false}
        title={tCommon("nowhere.title")}
        actions={
          <Link className={buttonClass()} href={home ? entranceOf(home) : "/"}>
            {home ? t("goTo", { server: home.guild.name }) : tCommon("toStart")}
          </Link>
        }
      >
        {t("nowhereLead")}
      </EmptyState>
    </main>
  )
}
