"use client"
import type { Channel, GuildSnapshot } from "@hearth/core"
import {
  CaretDownIcon,
  Count,
  HashIcon,
  IconButton,
  Keys,
  MagnifyingGlassIcon,
  Menu,
  onDemand,
  useOnDemand,
  PlusIcon,
  UserPlusIcon,
} from "@hearth/ui"
import { useTranslations } from "next-intl"
import { memo, useEffect, useRef } from "react"
import { useBootstrap, useMentions, useUnread } from "../gateway/index.ts"
import { useGlow, useWriters } from "../presence/use-liveliness.ts"
import { useAsk } from "../shell/dialogs.tsx"
import { goTo } from "../shell/go.ts"
import { withMod } from "../shell/key-name.ts"
import { Link } from "../shell/link.tsx"
import { channelPath, useAddress, useMay } from "../shell/place.ts"
import { hasUnreadThread } from "../thread/unread-threads.ts"
import { useListKeys } from "../shell/use-list-keys.ts"

/** A server's channels. The open one is a door into the room. */
export const ChannelList = ({ snapshot }: { snapshot: GuildSnapshot }) => {
  const t = useTranslations("channel")
  const { guild, channels } = snapshot
  const ask = useAsk()
  const may = useMay(snapshot)
  const { channelId } = useAddress()
  const listKeys = useListKeys()
  const mayManage = may("MANAGE_CHANNELS")
  const scroller = useRef<HTMLDivElement>(null)
  // The open channel is in sight, also behind the edge where the list waits on a phone.
  useEffect(() => {
    const [list, row] = [scroller.current, scroller.current?.querySelector<HTMLElement>(".ch.here")]
    if (!list || !row) return
    const [around, at] = [list.getBoundingClientRect(), row.getBoundingClientRect()]
    if (at.top < around.top || at.bottom > around.bottom)
      list.scrollTop += (at.top + at.bottom - around.top - around.bottom) / 2
  }, [channelId])
  return (
    <nav className="list" aria-label={t("list")} {...listKeys}>
      <div className="bar">
        <GuildMenu snapshot={snapshot} />
        <span className="grow" />
        {may("CREATE_INVITE") && (
          <IconButton
            label={t("invite")}
            side="bottom"
            icon={<UserPlusIcon className="i" aria-hidden="true" />}
            onClick={() => ask({ kind: "invite", guildId: guild.id })}
          />
        )}
      </div>
      <button type="button" className="jump" onClick={() => ask({ kind: "jump" })}>
        <MagnifyingGlassIcon className="i s" aria-hidden="true" />
        <span className="grow">{t("jump")}</span>
        <Keys>{withMod("K")}</Keys>
      </button>
      <div className="channels" ref={scroller}>
        <div className="cat">
          <h2>{t("list")}</h2>
          {mayManage && (
            <IconButton
              small
              label={t("create")}
              side="right"
              icon={<PlusIcon className="i s" aria-hidden="true" />}
              onClick={() => ask({ kind: "create-channel", guildId: guild.id })}
            />
          )}
        </div>
        <ul aria-label={t("list")}>
          {channels.map((channel) => (
            <li key={channel.id}>
              <ChannelRow channel={channel} here={channel.id === channelId} />
            </li>
          ))}
        </ul>
      </div>
    </nav>
  )
}

const writers = onDemand(() => import("../presence/writers-faces.tsx"))
const draftMark = onDemand(() => import("../draft/draft-mark.tsx"))

// Of 500 only those draw anew that changed.
export const ChannelRow = memo(function ChannelRow({ channel, here }: { channel: Channel; here: boolean }) {
  const t = useTranslations("channel")
  const { unread, count } = useUnread(channel.id)
  const asks = useMentions(channel.id)
  const glow = useGlow(channel.id)
  const faces = useOnDemand(writers, useWriters(channel.id).length > 0, () => {})
  const drafted = useBootstrap((b) => b.drafts?.[channel.id] !== undefined) && !here
  const mark = useOnDemand(draftMark, drafted, () => {})
  const threads = useBootstrap((b) => hasUnreadThread(b, "channelId", channel.id))
  const isNew = (unread || threads) && !here
  const path = channelPath(channel.guildId, channel.id)
  return (
    <Link
      className={["ch", here && "here", isNew && "new"].filter(Boolean).join(" ")}
      data-glow={glow}
      href={path}
      onNavigate={goTo(path)}
      aria-current={here ? "page" : undefined}
    >
      <HashIcon className="i" aria-hidden="true" />
      <span className="clip" dir="auto" title={channel.name}>
        {channel.name}
      </span>
      {isNew && (
        <>
          <span className="dot" />
          <span className="unseen">{unread ? t("unread", { n: count }) : t("unreadThread")}</span>
        </>
      )}
      {drafted && mark && <mark.DraftMark />}
      {faces && <faces.WritersFaces channelId={channel.id} max={asks > 0 ? 1 : 3} />}
      {asks > 0 && <Count value={asks} label={t("asks", { n: asks })} />}
    </Link>
  )
})

const menu = onDemand(() => import("./guild-menu-items.tsx"))

const GuildMenu = ({ snapshot }: { snapshot: GuildSnapshot }) => {
  const t = useTranslations("channel")
  const { guild } = snapshot
  return (
    <h2 className="row title-row">
      <Menu
        trigger={
          <button type="button" className="title-menu" aria-label={t("menu", { server: guild.name })}>
            <span className="clip" dir="auto">
              {guild.name}
            </span>
            <CaretDownIcon className="i xs quiet" weight="bold" aria-hidden="true" />
          </button>
        }
        items={menu}
      >
        {({ GuildMenuItems }) => <GuildMenuItems snapshot={snapshot} />}
      </Menu>
    </h2>
  )
}
