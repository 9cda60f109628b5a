"use client"
import { IconButton, onDemand, useAway, useOnDemand, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react"
import { ChannelList } from "../channel/channel-list.tsx"
import { useAllMentions, useBootstrap, useGateway } from "../gateway/index.ts"
import { type Address, addressOf } from "./address.ts"
import { useAhead } from "./ahead.ts"
import { useEscape } from "./escape.ts"
import { goTo } from "./go.ts"
import { PaneBoundary } from "./pane-boundary.tsx"
import { keepPeople, peopleWanted } from "./people-wanted.ts"
import { channelPath, entranceOf, rememberPlace, startOf, useAddress, useChannel, useGuild } from "./place.ts"
import { entryOf } from "./panes.ts"
import { type Panes, PanesContext } from "./panes-context.ts"
import { Rail } from "./rail.tsx"
import { room } from "./room-door.ts"
import { SpokenConnection, SpokenPlace } from "./spoken-changes.tsx"
import { showAsksInTab } from "./tab-icon.ts"
import { ToCome } from "./to-come.tsx"
import { useShellKeys, walk } from "./use-shell-keys.ts"
import { useSwipe } from "./use-swipe.ts"
import { useWindowHeight } from "./use-window-height.ts"
import { isNarrow, useNarrow, useWide } from "./width.ts"

const catchUpView = onDemand(() => import("../catch-up/catch-up.tsx"))
const threadPane = onDemand(() => import("../thread/thread-pane.tsx"))
const laterRoom = onDemand(() => import("../later/later-room.tsx"))
const messages = onDemand(() => import("../conversation/messages-rooms.tsx"))
const otherRooms = onDemand(() => import("./other-rooms.tsx"))
// Catch up and Later have no people, and on a phone they come when asked for.
const peoplePanel = onDemand(() => import("../member/people-panel.tsx"))
const openedNext = [walk, room, catchUpView, laterRoom, threadPane, peoplePanel, messages]

const roomOf = ({ guildId, channelId, catchUp, later, messages: talks, friends }: Address) =>
  catchUp
    ? "catch-up"
    : later
      ? "later"
      : friends
        ? "friends"
        : talks && !channelId
          ? "messages"
          : `${guildId ?? ""}/${channelId ?? ""}`

/** Rail, list, room, people: what of them there is follows from the address alone. */
export const Shell = () => {
  const t = useTranslations("shell")
  const here = useAddress()
  const { guildId, channelId, seq, thread, catchUp, later, scheduled, messages: talks, friends } = here
  const guild = useGuild(guildId)
  const channel = useChannel(guildId, channelId)
  // The drawer is open for one place: wherever one goes from there, it has done its work.
  const address = roomOf(here)
  const [drawerAt, setDrawerAt] = useState<string | null>(null)
  const narrow = useNarrow()
  const drawer = narrow && drawerAt === address
  const app = useRef<HTMLDivElement>(null)
  // People stand beside the room where there is room for them, unless they were sent away; elsewhere they come when asked for.
  // The shell is drawn in browsers only.
  const wide = useWide()
  const [asked, setAsked] = useState<{ wide: boolean; open: boolean } | null>(null)
  const people = asked?.wide === wide ? asked.open : peopleWanted()
  // A thread takes the place of people, and makes way for them.
  const inThread = thread !== undefined && channel !== undefined
  const shown = people && !inThread
  const panes = useMemo<Panes>(
    () => ({
      drawer,
      setDrawer: (open) => {
        // Asked of the window, so that panes which only open and close things are not drawn anew in every room.
        setDrawerAt(open ? roomOf(addressOf(window.location.pathname)) : null)
        if (open) setAsked({ wide, open: false })
      },
      people: shown,
      setPeople: (open) => {
        const { guildId: at, channelId: beside, thread: over } = addressOf(window.location.pathname)
        if (open && over && at && beside) goTo(channelPath(at, beside))()
        setAsked({ wide, open })
        keepPeople(open)
      },
    }),
    [drawer, shown, wide],
  )
  useEffect(() => {
    if (guildId && channel) rememberPlace(guildId, channel.id)
  }, [guildId, channel])
  useShellKeys()
  useWindowHeight()
  useSwipe(app, inThread, drawer, panes.setDrawer)
  useDrawerFocus(drawer)
  useEscape("people", () => {
    if (!shown || wide) return false
    panes.setPeople(false)
    document.getElementById("members-toggle")?.focus()
    return true
  })
  useEscape("drawer", () => {
    if (drawer) setDrawerAt(null)
    return drawer
  })
  useUncovered(panes)
  useRedirects()
  const tCatchUp = useTranslations("catchUp")
  const tLater = useTranslations("later")
  const tThread = useTranslations("thread")
  const tTalk = useTranslations("conversation")
  const title = catchUp
    ? tCatchUp("title")
    : later
      ? tLater("title")
      : talks
        ? (channel?.name ?? tTalk("title"))
        : friends
          ? tTalk("friends")
          : channel && guild
            ? `${channel.name} · ${guild.guild.name}`
            : guild?.guild.name
  // Its code did not come: said in its place, until it does.
  const inRoom = guild !== undefined && channel !== undefined && !catchUp && !talks
  const kind = catchUp ? "catch-up" : later ? "later" : talks || friends ? "messages" : inRoom ? "room" : "other"
  const [missing, setMissing] = useState<typeof kind | null>(null)
  const view = useOnDemand(catchUpView, catchUp !== undefined, () => setMissing("catch-up"))
  const hasServers = useBootstrap((b) => b.guilds.some((g) => !g.conversation))
  // Where one is only led on from (`useRedirects`) nothing is drawn.
  const passing = !channelId && (guildId ? (guild?.channels.length ?? 0) > 0 : hasServers)
  const put = useOnDemand(laterRoom, later === true, () => setMissing("later"))
  const opened = useOnDemand(room, inRoom, () => setMissing("room"))
  const other = useOnDemand(
    otherRooms,
    !catchUp && !later && !talks && !friends && !(guild && channel) && !passing,
    () => setMissing("other"),
  )
  // The list is the room itself where there is one pane.
  const withTalks = talks === true || friends === true
  const talking = useOnDemand(messages, withTalks, () => setMissing("messages"))
  const listed = withTalks && !(narrow && talks && !channelId)
  useTitle(title)
  const gone = useAway()
  const beside = useOnDemand(threadPane, inThread, gone)
  useAhead(openedNext)
  const withPeople = shown && channel !== undefined && guild?.conversation?.kind !== "direct"
  const panel = useOnDemand(peoplePanel, withPeople, gone)
  return (
    <PanesContext value={panes}>
      <a className="skip" href={narrow && inThread ? "#thread" : "#room"}>
        {t("toRoom")}
      </a>
      <SpokenPlace name={title} />
      <SpokenConnection />
      <div
        ref={app}
        className="app"
        data-drawer={drawer ? "open" : undefined}
        data-people={inThread ? "thread" : withPeople ? "on" : "off"}
        data-list={
          catchUp && (view || missing !== kind)
            ? "catch-up"
            : listed || (guild && !talks)
              ? undefined
              : withTalks
                ? "alone"
                : "off"
        }
      >
        <div className="drawer" id="drawer">
          <PaneBoundary pane="rail" at="rail">
            <Rail />
          </PaneBoundary>
          {listed && (
            <PaneBoundary pane="list" at="messages">
              {talking ? <talking.ConversationList /> : <nav className="list" aria-label={tTalk("title")} />}
            </PaneBoundary>
          )}
          {guild && !talks && (
            <PaneBoundary pane="list" at={guild.guild.id}>
              <ChannelList snapshot={guild} />
            </PaneBoundary>
          )}
        </div>
        <PaneBoundary pane="room" at={address}>
          {catchUp && view ? (
            <view.CatchUp channelId={catchUp.channelId} />
          ) : talks && talking ? (
            <talking.MessagesRoom conversationId={channelId} seq={seq} covered={narrow && inThread} />
          ) : friends && talking ? (
            <talking.FriendsRoom />
          ) : guild && channel && !catchUp && !talks ? (
            opened ? (
              <opened.Room guild={guild} channel={channel} seq={seq} covered={narrow && inThread} />
            ) : (
              <ToCome title={channel.name} missing={missing === "room"} />
            )
          ) : later && put ? (
            <put.LaterRoom key={address} scheduled={scheduled} />
          ) : catchUp || later || talks || friends || !other ? (
            <ToCome title={title ?? t("toRoom")} missing={missing === kind} />
          ) : !guildId ? (
            <other.Welcome />
          ) : !guild || channelId ? (
            <other.Nowhere />
          ) : (
            <other.EmptyGuild snapshot={guild} />
          )}
        </PaneBoundary>
        {withPeople && guildId && (
          <PaneBoundary pane="people" at={guildId}>
            {panel ? <panel.PeoplePanel guildId={guildId} /> : <aside className="people" />}
          </PaneBoundary>
        )}
        {inThread && (
          <PaneBoundary pane="people" at={thread.id}>
            {beside ? (
              <beside.ThreadPane channel={channel} threadId={thread.id} seq={thread.seq} />
            ) : (
              <aside className="people" id="thread" tabIndex={-1}>
                <header className="bar">
                  <span className="grow" />
                  <IconButton
                    label={tThread("close")}
                    icon={<XIcon className="i" aria-hidden="true" />}
                    onClick={goTo(channelPath(channel.guildId, channel.id))}
                  />
                </header>
              </aside>
            )}
          </PaneBoundary>
        )}
        {inRoom && opened && <opened.Tour />}
        {drawer && (
          <button
            type="button"
            className="shade"
            aria-label={t("closeDrawer")}
            onClick={() => panes.setDrawer(false)}
          />
        )}
      </div>
    </PanesContext>
  )
}

/** The keyboard goes into the drawer with it, and back out. */
const useDrawerFocus = (drawer: boolean) => {
  const was = useRef(drawer)
  useEffect(() => {
    if (was.current === drawer) return
    was.current = drawer
    const list = document.querySelector(".drawer .list") ?? document.querySelector(".drawer")
    if (drawer) {
      if (list) entryOf(list)?.focus({ preventScroll: true })
    } else if (!document.activeElement?.closest("#room, .people"))
      document.getElementById("drawer-toggle")?.focus({ preventScroll: true })
  }, [drawer])
}

/** What lies over the room makes way when the keyboard goes to what it covers: the drawer, and on a phone people. */
const useUncovered = ({ drawer, setDrawer, people, setPeople }: Panes) => {
  const onFocus = useEffectEvent(({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return
    if (drawer && target.closest("#room, .people")) setDrawer(false)
    if (people && isNarrow() && target.closest(".timeline, .composer")) setPeople(false)
  })
  useEffect(() => {
    const listen = (event: FocusEvent) => onFocus(event)
    document.addEventListener("focusin", listen)
    return () => document.removeEventListener("focusin", listen)
  }, [])
}

/** The start leads to where one was last; a server leads to one of its channels. */
const useRedirects = () => {
  const router = useRouter()
  const client = useGateway()
  const { guildId, channelId, catchUp, later, messages: talks, friends } = useAddress()
  const guilds = useBootstrap((b) => b.guilds)
  const stays = channelId !== undefined || catchUp !== undefined || later || talks || friends
  useEffect(() => {
    if (stays) return
    if (!guildId) {
      const start = startOf(client.snapshot()?.guilds ?? [])
      if (start) router.replace(start)
      return
    }
    const guild = guilds.find((g) => g.guild.id === guildId)
    if (guild && guild.channels.length > 0) router.replace(entranceOf(guild))
  }, [router, client, guilds, guildId, stays])
}

const useTitle = (title: string | undefined) => {
  const instance = useBootstrap((b) => b.instance.name)
  const asks = useAllMentions()
  useEffect(() => {
    const said = `${asks > 0 ? `(${asks > 99 ? "99+" : asks}) ` : ""}${title ? `${title} · ` : ""}${instance}`
    // The router brings a title and an icon of its own, sometimes later.
    const say = () => {
      showAsksInTab(asks > 0)
      if (document.title !== said) document.title = said
    }
    say()
    const observer = new MutationObserver(say)
    observer.observe(document.head, { childList: true, characterData: true, subtree: true })
    return () => observer.disconnect()
  }, [title, instance, asks])
}
