"use client"
import type { GuildSnapshot } from "@hearth/core"
import { Button, EmptyState } from "@hearth/ui"
import { useAsk } from "./dialogs.tsx"
import { useMay } from "./place.ts"
import { DrawerButton } from "./room.tsx"

/** A server in which there is no channel to open. */
export const EmptyGuild = ({ snapshot }: { snapshot: GuildSnapshot }) => {
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
        title="No channels yet"
        actions={
          may("MANAGE_CHANNELS") && (
            <Button look="ember" onClick={() => ask({ kind: "create-channel", guildId: guild.id })}>
              Create a channel
            </Button>
          )
        }
      >
        {may("MANAGE_CHANNELS")
          ? "A channel is where people write to each other. One is enough to begin."
          : "Nothing here is open to you yet. Whoever looks after the server can make a channel."}
      </EmptyState>
    </main>
  )
}
