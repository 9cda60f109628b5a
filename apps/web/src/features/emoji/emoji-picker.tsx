"use client"
import "./emoji.css"
import { MagnifyingGlassIcon } from "@hearth/ui"
import { useLocale, useTranslations } from "next-intl"
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from "react"
import { type Emoji, type EmojiSet, type Group, groups, inTone, loadEmoji, searchEmoji, withoutTone } from "./emoji.ts"
import { readOwnEmoji, rememberEmoji, rememberTone } from "./own-emoji.ts"
import { moveInGrid } from "./grid.ts"

const COLUMNS = 8
const FOUND = 64
const faces: Record<Group | "recent", string> = {
  recent: "🕘",
  smileys: "😀",
  people: "👋",
  nature: "🌿",
  food: "🍞",
  travel: "🏕️",
  activities: "🎺",
  objects: "💡",
  symbols: "🔣",
  flags: "🏁",
}
const tones = ["✋", "✋🏻", "✋🏼", "✋🏽", "✋🏾", "✋🏿"]

export interface EmojiPickerProps {
  /** `more`: Shift was held, another one follows. */
  onPick: (emoji: string, more: boolean) => void
  search?: RefObject<HTMLInputElement | null>
}

const useEmoji = () => {
  const locale = useLocale()
  const [set, setSet] = useState<EmojiSet | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let waits = true
    loadEmoji(locale).then(
      (loaded) => waits && setSet(loaded),
      () => waits && setFailed(true),
    )
    return () => {
      waits = false
    }
  }, [locale])
  return { set, failed }
}

/** All emoji: by group, by name, by shortcode. The focus stays in the search; arrows move in the grid, Enter takes. */
export const EmojiPicker = ({ onPick, search }: EmojiPickerProps) => {
  const t = useTranslations("emoji")
  const { set, failed } = useEmoji()
  const [own, setOwn] = useState(readOwnEmoji)
  const [group, setGroup] = useState<Group | "recent">(own.recent.length > 0 ? "recent" : "smileys")
  const [text, setText] = useState("")
  const [at, setAt] = useState(0)
  const grid = useRef<HTMLDivElement>(null)
  const id = useId()

  const shown = useMemo((): readonly Emoji[] => {
    if (!set) return []
    if (text.trim() !== "") return searchEmoji(set, text, FOUND)
    if (group !== "recent") return set.groups.find((g) => g.group === group)?.emoji ?? []
    return own.recent.flatMap((emoji) => {
      const known = set.byEmoji.get(withoutTone(emoji))
      return known ? [{ ...known, emoji, tones: false }] : []
    })
  }, [set, text, group, own.recent])
  const chosen = shown[Math.min(at, shown.length - 1)]
  const current = chosen ? shown.indexOf(chosen) : -1

  const go = (next: number) => {
    setAt(next)
    grid.current?.querySelector(`#${CSS.escape(`${id}-${next}`)}`)?.scrollIntoView({ block: "nearest" })
  }
  const show = (next: Group | "recent") => {
    setGroup(next)
    setText("")
    setAt(0)
    grid.current?.scrollTo({ top: 0 })
  }
  const pick = (emoji: Emoji, more: boolean) => {
    const picked = inTone(emoji, own.tone)
    rememberEmoji(picked)
    onPick(picked, more)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === "Enter") {
      event.preventDefault()
      if (chosen) pick(chosen, event.shiftKey)
      return
    }
    // In a text the arrows to the sides are the text's own.
    if (text !== "" && (event.key === "ArrowLeft" || event.key === "ArrowRight") && current <= 0) return
    const rtl = getComputedStyle(event.currentTarget).direction === "rtl"
    const next = moveInGrid(event.key, { at: current, count: shown.length, columns: COLUMNS, rtl })
    if (next === null) return
    event.preventDefault()
    go(next)
  }
  const rows = Array.from({ length: Math.ceil(shown.length / COLUMNS) }, (_, i) =>
    shown.slice(i * COLUMNS, (i + 1) * COLUMNS),
  )
  const tabs = own.recent.length > 0 ? (["recent", ...groups] as const) : groups
  return (
    <div className="emoji-picker">
      <div className="emoji-search">
        <MagnifyingGlassIcon className="i s quiet" aria-hidden="true" />
        <input
          ref={search}
          type="text"
          role="combobox"
          aria-label={t("search")}
          aria-expanded={shown.length > 0}
          aria-controls={`${id}-grid`}
          aria-haspopup="grid"
          aria-activedescendant={chosen && `${id}-${current}`}
          aria-autocomplete="list"
          placeholder={t("search")}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="emoji-groups" role="group" aria-label={t("groups")}>
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            aria-label={t(`group.${name}`)}
            data-tip={t(`group.${name}`)}
            aria-pressed={text === "" && group === name}
            onClick={() => show(name)}
          >
            {faces[name]}
          </button>
        ))}
      </div>
      <div className="emoji-grid" ref={grid} id={`${id}-grid`} role="grid" aria-label={t("title")} aria-busy={!set}>
        {rows.map((row, y) => (
          <div key={y} role="row" tabIndex={-1} className="emoji-row">
            {row.map((emoji, x) => {
              const i = y * COLUMNS + x
              return (
                <button
                  key={emoji.emoji}
                  id={`${id}-${i}`}
                  type="button"
                  role="gridcell"
                  tabIndex={-1}
                  className="emoji-cell"
                  aria-label={emoji.name}
                  aria-selected={i === current}
                  onMouseMove={() => i !== current && setAt(i)}
                  // The search keeps the focus, and with it the keys.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={(event) => pick(emoji, event.shiftKey)}
                >
                  {inTone(emoji, own.tone)}
                </button>
              )
            })}
          </div>
        ))}
        {shown.length === 0 && (
          <p className="emoji-none" role="status">
            {failed ? t("notLoaded") : !set ? t("loading") : t("nothing")}
          </p>
        )}
      </div>
      <div className="emoji-foot">
        <span className="emoji-big" aria-hidden="true">
          {chosen && inTone(chosen, own.tone)}
        </span>
        <span className="grow clip" aria-hidden="true">
          <b>{chosen?.name}</b>
          {chosen && <span className="hint">:{chosen.codes[0]}:</span>}
        </span>
        <button
          type="button"
          className="emoji-tone"
          aria-label={t("tone", { n: own.tone + 1 })}
          data-tip={t("nextTone")}
          onClick={() => {
            const tone = (own.tone + 1) % tones.length
            rememberTone(tone)
            setOwn({ ...own, tone })
          }}
        >
          {tones[own.tone]}
        </button>
      </div>
    </div>
  )
}
