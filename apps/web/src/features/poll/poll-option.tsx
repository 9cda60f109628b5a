"use client"
import type { UserCard } from "@hearth/core"
import { CheckIcon, Face } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { KeyboardEvent } from "react"
import { useFormats } from "../../i18n/formats.ts"

interface Props {
  option: string
  kind: "radio" | "checkbox"
  chosen: boolean
  reached: boolean
  /** Of a poll that is over: no other has more. */
  most: boolean
  votes: number
  share: number
  voters: readonly UserCard[]
  /** Absent: there is nothing to press just now. It is read all the same. */
  onPress: (() => void) | undefined
}

/** One answer: what it says, its share as a bar and in figures, and the first who gave it. */
export const PollOption = ({ option, kind, chosen, reached, most, votes, share, voters, onPress }: Props) => {
  const t = useTranslations("poll")
  const formats = useFormats()
  const percent = Math.round(100 * share)
  return (
    <button
      type="button"
      className="poll-option"
      role={kind}
      aria-checked={chosen}
      aria-disabled={onPress ? undefined : true}
      aria-label={t("said", { option, n: votes, percent })}
      tabIndex={reached ? 0 : -1}
      onClick={onPress}
      onKeyDown={walk}
    >
      <span className="poll-bar" style={{ inlineSize: `${percent}%` }} />
      <span className="poll-mark">{chosen && <CheckIcon className="i" weight="bold" aria-hidden="true" />}</span>
      <span dir="auto" className={most ? "poll-most" : undefined}>
        {option}
      </span>
      <span className="poll-figures">
        {voters.length > 0 && (
          <span className="faces">
            {voters.map(({ id, displayName, portrait }) => (
              <Face key={id} id={id} name={displayName} portrait={portrait} size={18} />
            ))}
          </span>
        )}
        {votes > 0 && <span>{formats.number(votes)}</span>}
        <b>{t("percent", { percent })}</b>
      </span>
    </button>
  )
}

/** Up and down go from option to option; at either end they go on through the messages. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const { currentTarget } = event
  const options = [...(currentTarget.parentElement?.querySelectorAll<HTMLElement>(".poll-option") ?? [])]
  const next = options[options.indexOf(currentTarget) + by]
  if (!next) return
  event.preventDefault()
  next.focus()
}
