"use client"
import { buttonClass, EmptyState } from "@hearth/ui"
import Link from "next/link"
import { useBootstrap } from "../gateway/index.ts"
import { entranceOf, useAddress } from "./place.ts"
import { DrawerButton } from "./room.tsx"

/** Not there, or not for you: nobody can tell which from here. */
export const Nowhere = () => {
  const { guildId } = useAddress()
  const home = useBootstrap((b) => b.guilds.find((g) => g.guild.id === guildId) ?? b.guilds[0])
  return (
    <main className="room" id="room" tabIndex={-1} aria-label="Nothing at this address">
      <header className="bar">
        <DrawerButton />
        <p className="quiet">Nothing at this address</p>
      </header>
      <EmptyState
        level={1}
        sun={false}
        title="There is no room here"
        actions={
          <Link className={buttonClass()} href={home ? entranceOf(home) : "/"}>
            {home ? `Go to ${home.guild.name}` : "Go to the start"}
          </Link>
        }
      >
        The link may be old, or it leads to a channel that you are not in. Whoever looks after the server can tell you.
      </EmptyState>
    </main>
  )
}
