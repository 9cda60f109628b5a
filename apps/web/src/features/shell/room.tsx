"use client"
import type { Channel, GuildSnapshot } from "@hearth/core"
import { HashIcon, IconButton, Menu, onDemand, UsersIcon, useOnDemand } from "@hearth/ui"
import { PushPinIcon } from "@phosphor-icons/react/dist/ssr/PushPin"
import { useTranslations } from "next-intl"
import { Tour } from "../first/tour.tsx"
import { FirstSteps } from "../first/first-steps.tsx"
import { isGreetedIn } from "../first/just-joined.ts"
import { useFirstSteps } from "../first/use-first-steps.ts"
import { Composer, Timeline } from "../message/index.ts"
import { useBootstrap } from "../gateway/index.ts"
import { useGlow, useViewers } from "../presence/use-liveliness.ts"
import { ConnectionBanner } from "./connection-banner.tsx"
import { useAsk } from "./dialogs.tsx"
import { DrawerButton } from "./drawer-button.tsx"
import { usePanes } from "./panes-context.ts"
import { room } from "./room-door.ts"

const menu = onDemand(() => import("../complete/channel-menu-items.tsx"))
const company = onDemand(() => import("../presence/who-is-here.tsx"))
const greeting = onDemand(() => import("../first/greeting.tsx"))

interface Props {
  guild: GuildSnapshot
  channel: Channel
  seq?: number | undefined
  /** A thread lies over all of it: nobody gets to what they do not see. The page still has its main part. */
  covered: boolean
}

/** The open channel: its name and topic, what was written, and where to write. */
export const Room = ({ guild, channel, seq, covered }: Props) => {
  const { people, setPeople } = usePanes()
  const t = useTranslations("shell")
  const tAct = useTranslations("act")
  const ask = useAsk()
  const glow = useGlow(channel.id)
  // Alone one is in no company; who is invisible is none oneself.
  const viewers = useViewers(channel.id)
  const isSeen = useBootstrap((b) => viewers?.userIds.includes(b.me.id) ?? false)
  const here = useOnDemand(company, (viewers?.count ?? 0) > (isSeen ? 1 : 0), () => {})
  const first = useFirstSteps(guild, channel.id)
  const greets = useOnDemand(greeting, isGreetedIn(guild.guild.id), () => {})
  return (
    <main className="room fire" id="room" data-glow={glow} tabIndex={-1} aria-label={channel.name}>
      <header className="bar" inert={covered}>
        <DrawerButton />
        <HashIcon className="i quiet only-wide" aria-hidden="true" />
        <div className="where">
          <h1 title={channel.name}>
            <Menu
              trigger={
                <button type="button" className="name-menu clip" dir="auto">
                  {channel.name}
                </button>
              }
              items={menu}
            >
              {({ ChannelMenuItems }) => <ChannelMenuItems channelId={channel.id} />}
            </Menu>
          </h1>
          {here && <here.HowManyAreHere channelId={channel.id} />}
        </div>
        {channel.topic ? (
          <p className="topic grow only-wide">
            <span className="clip" dir="auto" title={channel.topic}>
              {channel.topic}
            </span>
          </p>
        ) : (
          <span className="grow" />
        )}
        <span className="grow only-narrow" />
        {here && <here.WhoIsHere key={channel.id} channelId={channel.id} onOpen={() => setPeople(true)} />}
        <IconButton
          label={tAct("pinned")}
          side="bottom"
          icon={<PushPinIcon className="i" aria-hidden="true" />}
          onClick={() => ask({ kind: "pins", guildId: guild.guild.id, channelId: channel.id })}
        />
        <IconButton
          id="members-toggle"
          label={t("members")}
          side="bottom"
          pressed={people}
          icon={<UsersIcon className="i" weight={people ? "fill" : "regular"} aria-hidden="true" />}
          onClick={() => setPeople(!people)}
        />
      </header>
      <div className="below-bar" inert={covered}>
        <Timeline
          guildId={guild.guild.id}
          channelId={channel.id}
          seq={seq}
          {...(first && { intro: <FirstSteps guildId={guild.guild.id} {...first} /> })}
        />
        {greets && <greets.Greeting key={guild.guild.id} guild={guild.guild} channelId={channel.id} />}
        {/* `SpokenConnection` says it. */}
        <ConnectionBanner silent />
        <Composer guildId={guild.guild.id} channelId={channel.id} />
      </div>
    </main>
  )
}

/** Draws nothing: where it stands, all of this comes with the page. */
export const RoomAhead = () => null

room.provide({ Room, Tour })
export { Tour }
