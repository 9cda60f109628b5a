"use client"
import type { Bootstrap } from "@hearth/core"
import { BareDialog, HashIcon, Keys, MagnifyingGlassIcon, UsersIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react"
import { useBootstrap } from "../gateway/index.ts"
import type { DialogState } from "./dialogs.tsx"
import { type Found, search } from "./jump-search.ts"
import { channelPath, entranceOf } from "./place.ts"
import { typeAhead } from "./type-ahead.ts"

interface Place {
  id: string
  kind: "channel" | "server"
  name: string
  where: string
  path: string
}

const placesOf = (guilds: Bootstrap["guilds"], server: string): Place[] => [
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

/** Go to a channel or a server by a few of its letters. */
export const QuickSwitcher = ({ open, onOpenChange }: DialogState) => {
  const t = useTranslations("shell.jump")
  const router = useRouter()
  const guilds = useBootstrap((b) => b.guilds)
  const places = useMemo(() => placesOf(guilds, t("server")), [guilds, t])
  const [text, setText] = useState("")
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const found = useMemo(() => search(places, text, 30), [places, text])
  useEffect(() => () => void typeAhead.stop(), [])
  const chosen = found[Math.min(at, found.length - 1)]

  const go = (place: Place, newTab: boolean) => {
    onOpenChange(false)
    if (newTab) window.open(place.path, "_blank", "noopener")
    else router.push(place.path)
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
  return (
    <BareDialog open={open} onOpenChange={onOpenChange} label={t("title")} initialFocus={input}>
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
      <div className="jump-list" id={`${id}-list`} role="listbox" aria-label={t("places")}>
        {found.map((match, i) => (
          <div
            key={match.item.id}
            id={`${id}-${i}`}
            className="jump-row"
            role="option"
            tabIndex={-1}
            aria-selected={match === chosen}
            onMouseMove={() => setAt(i)}
            onClick={(event) => go(match.item, event.metaKey || event.ctrlKey)}
            onKeyDown={onKeyDown}
          >
            {match.item.kind === "channel" ? (
              <HashIcon className="i" aria-hidden="true" />
            ) : (
              <UsersIcon className="i" weight="fill" aria-hidden="true" />
            )}
            <span className="grow clip">
              <Marked found={match} />
            </span>
            <span className="hint clip">{match.item.where}</span>
            {match === chosen && (
              <span aria-hidden="true">
                <Keys>↵</Keys>
              </span>
            )}
          </div>
        ))}
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
          <Keys>⌘↵</Keys> {t("newTab")}
        </span>
      </footer>
    </BareDialog>
  )
}

const Marked = ({ found: { item, from, to } }: { found: Found<Place> }) =>
  to > from ? (
    <>
      {item.name.slice(0, from)}
      <b>{item.name.slice(from, to)}</b>
      {item.name.slice(to)}
    </>
  ) : (
    item.name
  )
