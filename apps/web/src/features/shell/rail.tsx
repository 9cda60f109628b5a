"use client"
import type { GuildSnapshot } from "@hearth/core"
import { Count, Dot, Mark, Menu, onDemand, placeClass, PlaceLetters, PlusIcon, Tooltip, useOnDemand } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { memo, useState } from "react"
import { useAllMentions, useBootstrap, useGuildUnread } from "../gateway/index.ts"
import { useGuildGlow } from "../presence/use-liveliness.ts"
import { PersonFace } from "../presence/person-face.tsx"
import { RailMessages } from "../conversation/rail-messages.tsx"
import { goTo } from "./go.ts"
import { Link } from "./link.tsx"
import { catchUpPath, entranceOf, useAddress, useServers } from "./place.ts"
import { useListKeys } from "./use-list-keys.ts"

const menus = onDemand(() => import("./rail-menus.tsx"))
const reminders = onDemand(() => import("../later/rail-later.tsx"))

/** The servers, as arches; oneself at the foot. */
export const Rail = memo(function Rail() {
  const t = useTranslations("shell")
  const guilds = useServers()
  const me = useBootstrap((b) => b.me)
  const { guildId, catchUp, later, messages } = useAddress()
  const due = useBootstrap((b) => b.due ?? 0)
  const unsent = useBootstrap((b) => b.unsent ?? 0)
  const [began] = useState({ due, unsent })
  const rings = useOnDemand(reminders, due + unsent > 0, () => {})
  const asks = useAllMentions("servers")
  const label = useTranslations("catchUp")("link", { n: asks })
  const listKeys = useListKeys()
  return (
    <nav className="rail" aria-label={t("servers")} {...listKeys}>
      <Tooltip label={label} side="right">
        <Link
          className={catchUp ? "railbtn on" : "railbtn"}
          href={catchUpPath()}
          onNavigate={goTo(catchUpPath())}
          aria-label={label}
          aria-current={catchUp ? "page" : undefined}
        >
          <Mark />
          {asks > 0 && <Count value={asks} />}
        </Link>
      </Tooltip>
      <RailMessages here={messages === true} />
      {rings && <rings.RailLater {...{ due, unsent, began }} here={later === true} />}
      <hr />
      {guilds.length > 0 && (
        <ul className="places" aria-label={t("servers")}>
          {guilds.map((snapshot) => (
            <li key={snapshot.guild.id}>
              <GuildArch snapshot={snapshot} here={snapshot.guild.id === guildId} />
            </li>
          ))}
        </ul>
      )}
      <Menu
        side="right"
        trigger={
          <button type="button" className="railbtn" aria-label={t("addServer")} title={t("addServer")}>
            <PlusIcon className="i" aria-hidden="true" />
          </button>
        }
        items={menus}
      >
        {({ AddServerItems }) => <AddServerItems />}
      </Menu>
      <span className="grow" />
      <Menu
        side="right"
        align="end"
        trigger={
          <button type="button" className="me" aria-label={t("you", { name: me.displayName })}>
            <PersonFace user={me} size={36} />
          </button>
        }
        items={menus}
      >
        {({ MyItems }) => <MyItems />}
      </Menu>
    </nav>
  )
})

const GuildArch = ({ snapshot, here }: { snapshot: GuildSnapshot; here: boolean }) => {
  const t = useTranslations("shell")
  const { guild } = snapshot
  const unread = useGuildUnread(guild.id) && !here
  const asks = useAllMentions(guild.id)
  const glow = useGuildGlow(snapshot)
  const path = entranceOf(snapshot)
  return (
    <Tooltip label={guild.name} side="right">
      <Link
        className={placeClass({ here, lit: glow > 0 || unread || asks > 0 })}
        data-glow={glow}
        href={path}
        onNavigate={goTo(path)}
        aria-label={
          asks > 0
            ? t("asks", { server: guild.name, n: asks })
            : unread
              ? t("unread", { server: guild.name })
              : guild.name
        }
        aria-current={here ? "true" : undefined}
      >
        <PlaceLetters name={guild.name} />
        {asks > 0 ? <Count value={asks} /> : unread && <Dot />}
      </Link>
    </Tooltip>
  )
}
