"use client"
import "./suggestions.css"
import type { Snowflake } from "@hearth/core"
import { Face, HashIcon, UsersIcon } from "@hearth/ui"
import { ChartBarHorizontalIcon } from "@phosphor-icons/react/dist/ssr/ChartBarHorizontal"
import { useTranslations } from "next-intl"
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useState,
} from "react"
import { rememberEmoji } from "../emoji/own-emoji.ts"
import { useServices } from "../message/services.tsx"
import { askedAt } from "./asked.ts"
import { insertText } from "./insert-text.ts"
import type { Suggestion } from "./suggest.ts"
import { useShortcodes } from "./use-shortcodes.ts"
import { useSuggestions } from "./use-suggestions.ts"

export interface SuggestionsProps {
  guildId: Snowflake
  channelId: Snowflake
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  /** Takes the field's keys before it does; answers whether it took one. */
  keys: RefObject<((event: KeyboardEvent) => boolean) | null>
}

/** Where the caret stands while nothing is selected; -1: something is, or one is elsewhere. */
const useCaret = (field: RefObject<HTMLTextAreaElement | null>, text: string): number => {
  const [caret, setCaret] = useState(-1)
  useLayoutEffect(() => {
    const look = () => {
      const el = field.current
      const here = el && document.activeElement === el && el.selectionStart === el.selectionEnd
      setCaret(here ? el.selectionStart : -1)
    }
    look()
    document.addEventListener("selectionchange", look)
    return () => document.removeEventListener("selectionchange", look)
  }, [field, text])
  return caret
}

const Picture = ({ of: { kind, member, shown } }: { of: Suggestion }) => {
  if (member) return <Face id={member.id} name={member.displayName} portrait={member.portrait} size={24} />
  if (kind === "emoji") return <span className="suggest-emoji">{shown}</span>
  const Icon = kind === "command" ? ChartBarHorizontalIcon : kind === "channel" ? HashIcon : UsersIcon
  return <Icon className="i s" aria-hidden="true" />
}

/** What completes a name, a channel or an emoji while one types it. The field keeps the focus. */
export const Suggestions = ({ guildId, channelId, field, text, keys }: SuggestionsProps) => {
  const t = useTranslations("compose")
  const tPoll = useTranslations("poll")
  const { drafts } = useServices()
  const id = useId()
  const caret = useCaret(field, text)
  const asked = caret < 0 ? null : askedAt(text, caret)
  // Each counts for what was asked then: what is typed next is another question, and its first answer the best one.
  const question = asked && `${asked.sign}${asked.from}:${asked.query}`
  // What one wanted nothing for, or picked: nothing is suggested there as long as it stands.
  const [dismissed, setDismissed] = useState<{ from: number; said: string } | null>(null)
  if (dismissed && !text.startsWith(dismissed.said, dismissed.from)) setDismissed(null)
  const isDismissed =
    dismissed && dismissed.from === asked?.from && text.slice(dismissed.from, caret).startsWith(dismissed.said)
  const [at, setAt] = useState({ question, row: 0 })
  // What stands as somebody's name already is not asked for.
  const draft = drafts.get(channelId)
  const isNamed = (draft.editing ?? draft).names.some((n) => n.at === asked?.from)
  // An edit that begins with a command is words all the same.
  const isWords = draft.editing !== null && asked?.sign === "/"
  const found = useSuggestions(guildId, channelId, isDismissed || isNamed || isWords ? null : asked)
  useShortcodes({ field, text })
  const chosen = at.question === question ? Math.min(at.row, found.length - 1) : 0
  const choose = (row: number) => setAt({ question, row })

  const pick = (suggestion: Suggestion | undefined) => {
    const el = field.current
    if (!suggestion || !asked || !el) return
    const { shown, wire } = suggestion
    if (suggestion.emoji) rememberEmoji(shown)
    const after = text.charAt(caret)
    const said = /^\s/.test(after) ? shown : `${shown} `
    insertText(el, said, asked.from, caret)
    // Others may be called so and more: Enter is to send now.
    setDismissed({ from: asked.from, said })
    if (wire) drafts.type(channelId, el.value, [{ shown, wire, at: asked.from }])
  }

  useImperativeHandle(keys, () => (event) => {
    if (found.length === 0 || event.altKey || event.ctrlKey || event.metaKey) return false
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined) choose((chosen + by + found.length) % found.length)
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) {
      const suggestion = found[chosen]
      // It stands there already, and means the same: Enter sends.
      if (
        event.key === "Enter" &&
        /^(everyone|command)$/.test(suggestion?.kind ?? "") &&
        suggestion?.shown.slice(1) === asked?.query
      )
        return false
      pick(suggestion)
    } else if (event.key === "Escape") setDismissed(asked && { from: asked.from, said: asked.sign + asked.query })
    else return false
    event.preventDefault()
    return true
  })

  const open = found.length > 0
  useEffect(() => {
    const el = field.current
    if (!el || !open) return
    const says = { "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": id }
    for (const [name, value] of Object.entries(says)) el.setAttribute(name, value)
    el.setAttribute("aria-activedescendant", `${id}-${chosen}`)
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: "nearest" })
    return () => {
      for (const name of [...Object.keys(says), "aria-activedescendant"]) el.removeAttribute(name)
    }
  }, [field, open, chosen, id])

  if (!open || !asked) return null
  const head = { "@": "people", "#": "channels", ":": "emoji", "/": "commands" } as const
  return (
    <div className="suggest" id={id} role="listbox" aria-label={t(head[asked.sign])}>
      {found.map((suggestion, i) => (
        <div
          key={suggestion.key}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          className="suggest-row"
          aria-selected={i === chosen}
          onMouseMove={() => i !== chosen && choose(i)}
          // The field keeps the focus, and a phone its keyboard.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick(suggestion)}
          onKeyDown={() => {}}
        >
          <Picture of={suggestion} />
          <span className="clip" dir="auto">
            {suggestion.emoji ? `:${suggestion.emoji.codes[0]}:` : suggestion.shown.replace(/^[@#]/, "")}
          </span>
          <span className="hint clip">
            {suggestion.kind === "everyone" && t(suggestion.shown === "@here" ? "here" : "everyone")}
            {suggestion.kind === "role" && t("role")}
            {suggestion.kind === "command" && tPoll("start")}
            {suggestion.emoji?.name}
          </span>
        </div>
      ))}
    </div>
  )
}
