"use client"
import type { GuildSnapshot } from "@hearth/core"
import { Button, EmptyState } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useAsk } from "./dialogs.tsx"
import { useMay } from "./place.ts"
import { DrawerButton } from "./drawer-button.tsx"

/** A server in which there is no channel to open. */
export const EmptyGuild = ({ snapshot }: { snapshot: GuildSnapshot }) => {
  const t = useTranslations("shell")
  const ask = useAsk()
  const may = useMay(snapshot)
  const { guild, channels } = snapshot
  // With channels one is about to be led into one of them.
  if (channels.length > 0) return <main className="room" id="room" tabIndex={-1} aria-label={guild.name} />
  return (
    <main className="room fire" id="room" data-glow="0" tabIndex={-1} aria-label={guild.name}>
      <header className="bar">
        <DrawerButton />
        <p className="quiet">{guild.name}</p>
      </header>
      <EmptyState
        level={1}
        title={t("noChannels")}
        actions={
          may("MANAGE_CHANNELS") && (
            <Button look="ember" onClick={() => ask({ kind: "create-channel", guildId: guild.id })}>
              {t("createChannel")}
            </Button>
          )
        }
      >
        {may("MANAGE_CHANNELS") ? t("noChannelsMake") : t("noChannelsWait")}
      </EmptyState>
    </main>
  )
}
