"use client"
import type { Bootstrap, GuildSnapshot } from "@hearth/core"
import { BareDialog, Keys, MagnifyingGlassIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { composerField } from "../message/focus-composer.ts"
import { useServices } from "../message/services.tsx"
import type { DialogState } from "./dialogs.tsx"
import { useActs } from "./jump-acts.tsx"
import { useHere, usePeople, writeTo } from "./jump-people.ts"
import { JumpRow, type Place, type Target } from "./jump-row.tsx"
import { type Found, search } from "./jump-search.ts"
import { withMod } from "./key-name.ts"
import { channelPath, entranceOf, useServers } from "./place.ts"
import { typeAhead } from "./type-ahead.ts"

const talksOf = (guilds: Bootstrap["guilds"], direct: string, group: string): Place[] =>
  guilds.flatMap(({ guild: { id }, channels: [channel], conversation: talk }) =>
    talk && channel
      ? {
          id,
          kind: "conversation" as const,
          name: channel.name,
          where: talk.kind === "direct" ? direct : group,
          path: channelPath(id, id),
          person: talk.kind === "direct" ? talk.people[0] : undefined,
          icon: talk.icon,
        }
      : [],
  )

const placesOf = (guilds: readonly GuildSnapshot[], server: string): Place[] => [
  ...guilds.flatMap((g) =>
    g.channels.map((c) => ({
      id: c.id,
      kind: "channel" as const,
      name: c.name,
      where: g.guild.name,
      path: channelPath(g.guild.id, c.id),
    })),
  ),
  ...guilds.map((g) => ({
    id: g.guild.id,
    kind: "server" as const,
    name: g.guild.name,
    where: server,
    path: entranceOf(g),
  })),
]

/** Go to a channel or a server by a few of its letters, write to somebody where one is, or do what one would look for in menus. */
export const QuickSwitcher = ({ open, onOpenChange }: DialogState) => {
  const t = useTranslations("shell.jump")
  const router = useRouter()
  const guilds = useBootstrap((b) => b.guilds)
  const servers = useServers()
  const all = useMemo(
    () => [...placesOf(servers, t("server")), ...talksOf(guilds.toReversed(), t("direct"), t("group"))],
    [guilds, servers, t],
  )
  const [text, setText] = useState("")
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const { drafts } = useServices()
  const here = useHere()
  const places = useMemo(() => search(all, text, 30), [all, text])
  const people = usePeople(here?.guildId, text, here ? t("writeTo", { channel: here.name }) : "")
  const acts = useActs(text)
  const found = useMemo<Found<Target>[]>(() => [...places, ...people, ...acts], [places, people, acts])
  useEffect(() => () => void typeAhead.stop(), [])
  const chosen = found[Math.min(at, found.length - 1)]
  const writes = useRef(false)

  const go = (target: Target, newTab: boolean) => {
    onOpenChange(false)
    if (target.kind === "act") target.run()
    else if (target.kind === "member") {
      if (!here) return
      writes.current = true
      writeTo(drafts, here.channelId, target.user)
    } else if (newTab) window.open(target.path, "_blank", "noopener")
    else router.push(target.path)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (move !== undefined && found.length > 0) {
      event.preventDefault()
      const next = (Math.min(at, found.length - 1) + move + found.length) % found.length
      setAt(next)
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" })
    } else if (event.key === "Enter" && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault()
      go(chosen.item, event.metaKey || event.ctrlKey)
    }
  }
  const row = (match: Found<Target>) => {
    const i = found.indexOf(match)
    return (
      <JumpRow
        key={match.item.id}
        id={`${id}-${i}`}
        found={match}
        chosen={match === chosen}
        onMouseMove={() => setAt(i)}
        onClick={(event) => go(match.item, event.metaKey || event.ctrlKey)}
        onKeyDown={onKeyDown}
      />
    )
  }
  return (
    <BareDialog
      open={open}
      onOpenChange={onOpenChange}
      label={t("title")}
      initialFocus={input}
      finalFocus={() => (writes.current && composerField()) || true}
    >
      <div className="jump-in">
        <MagnifyingGlassIcon className="i quiet" aria-hidden="true" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={t("label")}
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen ? `${id}-${found.indexOf(chosen)}` : undefined}
          aria-autocomplete="list"
          placeholder={t("hint")}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onFocus={() => setText((before) => before + typeAhead.stop())}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <Keys>Esc</Keys>
      </div>
      <div className="jump-list" id={`${id}-list`} role="listbox" aria-label={t("title")}>
        {people.length + acts.length === 0 ? (
          places.map(row)
        ) : (
          <>
            {places.length > 0 && <Group title={t("places")}>{places.map(row)}</Group>}
            {people.length > 0 && <Group title={t("people")}>{people.map(row)}</Group>}
            {acts.length > 0 && <Group title={t("do")}>{acts.map(row)}</Group>}
          </>
        )}
      </div>
      {found.length === 0 && (
        <p className="jump-head" role="status">
          {t("nothing")}
        </p>
      )}
      <footer className="hint">
        <span>
          <Keys>↑</Keys>
          <Keys>↓</Keys> {t("choose")}
        </span>
        <span>
          <Keys>{withMod("↵")}</Keys> {t("newTab")}
        </span>
      </footer>
    </BareDialog>
  )
}

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <div role="group" aria-label={title}>
    <p className="jump-head" aria-hidden="true">
      {title}
    </p>
    {children}
  </div>
)
