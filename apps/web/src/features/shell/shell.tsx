"use client"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { createContext, useContext, useEffect, useEffectEvent, useMemo, useState } from "react"
import { ChannelList } from "../channel/channel-list.tsx"
import { useBootstrap, useGateway } from "../gateway/index.ts"
import { PeoplePanel } from "../member/people-panel.tsx"
import { EmptyGuild } from "./empty-guild.tsx"
import { Nowhere } from "./nowhere.tsx"
import { PaneBoundary } from "./pane-boundary.tsx"
import { isWide, keepPeople, peopleWanted } from "./people-wanted.ts"
import { entranceOf, rememberPlace, startOf, useAddress, useChannel, useGuild } from "./place.ts"
import { Tour } from "../first/tour.tsx"
import { Rail } from "./rail.tsx"
import { Room } from "./room.tsx"
import { Welcome } from "./welcome.tsx"

interface Panes {
  drawer: boolean
  setDrawer: (open: boolean) => void
  people: boolean
  setPeople: (open: boolean) => void
}

const PanesContext = createContext<Panes>({ drawer: false, setDrawer: () => {}, people: false, setPeople: () => {} })
export const usePanes = () => useContext(PanesContext)

/** Rail, list, room, people: what of them there is follows from the address alone. */
export const Shell = () => {
  const t = useTranslations("shell")
  const { guildId, channelId, seq } = useAddress()
  const guild = useGuild(guildId)
  const channel = useChannel(guildId, channelId)
  // The drawer is open for one place: wherever one goes from there, it has done its work.
  const address = `${guildId ?? ""}/${channelId ?? ""}`
  const [drawerAt, setDrawerAt] = useState<string | null>(null)
  const drawer = drawerAt === address
  // The shell is drawn in browsers only.
  const [people, setPeople] = useState(peopleWanted)
  const panes = useMemo<Panes>(
    () => ({
      drawer,
      setDrawer: (open) => setDrawerAt(open ? address : null),
      people,
      setPeople: (open) => {
        setPeople(open)
        keepPeople(open)
      },
    }),
    [drawer, address, people],
  )
  useEffect(() => {
    if (guildId && channel) rememberPlace(guildId, channel.id)
  }, [guildId, channel])
  useEscape(panes)
  useRedirects()
  useTitle(channel && guild ? `${channel.name} · ${guild.guild.name}` : guild?.guild.name)
  const withPeople = people && channel !== undefined
  return (
    <PanesContext value={panes}>
      <a className="skip" href="#room">
        {t("toRoom")}
      </a>
      <div
        className="app"
        data-drawer={drawer ? "open" : undefined}
        data-people={withPeople ? "on" : "off"}
        data-list={guild ? undefined : "off"}
      >
        <div className="drawer" id="drawer">
          <PaneBoundary pane="rail" at="rail">
            <Rail />
          </PaneBoundary>
          {guild && (
            <PaneBoundary pane="list" at={guild.guild.id}>
              <ChannelList snapshot={guild} />
            </PaneBoundary>
          )}
        </div>
        <PaneBoundary pane="room" at={address}>
          {!guildId ? (
            <Welcome />
          ) : !guild || (channelId && !channel) ? (
            <Nowhere />
          ) : channel ? (
            <Room guild={guild} channel={channel} seq={seq} />
          ) : (
            <EmptyGuild snapshot={guild} />
          )}
        </PaneBoundary>
        {withPeople && guildId && (
          <PaneBoundary pane="people" at={guildId}>
            <PeoplePanel guildId={guildId} />
          </PaneBoundary>
        )}
        {channel && <Tour />}
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

/** Esc closes what lies over the room; what floats above that takes it first. */
const useEscape = ({ drawer, setDrawer, people, setPeople }: Panes) => {
  const onEscape = useEffectEvent(() => {
    if (document.querySelector("[role=dialog], [role=menu]")) return
    if (drawer) setDrawer(false)
    else if (people && !isWide()) setPeople(false)
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) onEscape()
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [])
}

/** The start leads to where one was last; a server leads to one of its channels. */
const useRedirects = () => {
  const router = useRouter()
  const client = useGateway()
  const { guildId, channelId } = useAddress()
  const guilds = useBootstrap((b) => b.guilds)
  useEffect(() => {
    if (channelId) return
    if (!guildId) {
      const start = startOf(client.snapshot()?.guilds ?? [])
      if (start) router.replace(start)
      return
    }
    const guild = guilds.find((g) => g.guild.id === guildId)
    if (guild && guild.channels.length > 0) router.replace(entranceOf(guild))
  }, [router, client, guilds, guildId, channelId])
}

const useTitle = (title: string | undefined) => {
  const instance = useBootstrap((b) => b.instance.name)
  useEffect(() => {
    document.title = title ? `${title} · ${instance}` : instance
  }, [title, instance])
}
