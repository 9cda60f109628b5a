"use client"
import {
  CaretLeftIcon,
  EmptyState,
  HashIcon,
  SlidersHorizontalIcon,
  TicketIcon,
  UsersIcon,
  buttonClass,
} from "@hearth/ui"
import Link from "next/link"
import type { ReactNode } from "react"
import { SettingsPage } from "../settings/settings-page.tsx"
import { entranceOf, settingsPath, useAddress, useGuild, useMay } from "../shell/place.ts"

const why = (
  <>
    <h2>Who may do what</h2>
    <p>The owner may do everything, and is the only one who can delete the server.</p>
    <p>Admins look after it: they change its name, its channels, invites and members below them.</p>
    <p>Members read and write, and invite people.</p>
  </>
)

/** The frame of a server's settings. What one may not do is not there; the server refuses it anyway. */
export const GuildSettings = ({ children }: { children: ReactNode }) => {
  const { guildId } = useAddress()
  const snapshot = useGuild(guildId)
  const may = useMay(snapshot)
  if (!snapshot)
    return (
      <main className="room lone">
        <EmptyState
          level={1}
          sun={false}
          title="There is no room here"
          actions={
            <Link className={buttonClass()} href="/">
              <CaretLeftIcon className="i s" aria-hidden="true" />
              Go to the start
            </Link>
          }
        >
          The link may be old, or it leads to a server that you are not in.
        </EmptyState>
      </main>
    )
  const { guild } = snapshot
  return (
    <SettingsPage
      title={guild.name}
      back={{ href: entranceOf(snapshot), label: `Back to ${guild.name}` }}
      why={why}
      links={[
        ...(may("MANAGE_GUILD")
          ? [
              {
                href: settingsPath(guild.id, "overview"),
                label: "Overview",
                icon: <SlidersHorizontalIcon className="i" aria-hidden="true" />,
              },
            ]
          : []),
        ...(may("MANAGE_CHANNELS")
          ? [
              {
                href: settingsPath(guild.id, "channels"),
                label: "Channels",
                icon: <HashIcon className="i" aria-hidden="true" />,
              },
            ]
          : []),
        {
          href: settingsPath(guild.id, "invites"),
          label: "Invites",
          icon: <TicketIcon className="i" aria-hidden="true" />,
        },
        {
          href: settingsPath(guild.id, "members"),
          label: "Members",
          icon: <UsersIcon className="i" aria-hidden="true" />,
        },
      ]}
    >
      {children}
    </SettingsPage>
  )
}
