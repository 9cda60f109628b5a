"use client"

import { isVote, type Message } from "@hearth/core"
import { SmileyIcon } from "@phosphor-icons/react/dist/ssr/Smiley"
import { useTranslations } from "next-intl"
import { useLayoutEffect, useRef, useState } from "react"
import { SURE, sortReactions } from "./reaction-order.ts"
import { ReactionPill } from "./reaction-pill.tsx"
import { useOwnReactions, useToggle } from "./services.tsx"
import { pressTool } from "./tools-door.ts"

const LINES = 2

/** How many of the pills stand in the first lines, so that one that says how many there are more still fits behind them. */
export const countShown = (tops: readonly number[], lines: number): number => {
  const starts = [...new Set(tops)].sort((a, b) => a - b)
  if (starts.length <= lines) return tops.length
  const limit = starts[lines] ?? Number.POSITIVE_INFINITY
  return Math.max(1, tops.filter((top) => top < limit).length - 1)
}

/** What people answered by an emoji: two lines of it, and the rest when somebody asks. */
export const Reactions = ({ message, mayReact }: { message: Message; mayReact: boolean }) => {
  const t = useTranslations("message")
  const tAct = useTranslations("act")
  const toggle = useToggle()
  const { reactions, mine } = useOwnReactions(message)
  // Votes are drawn with their poll.
  const all = sortReactions(reactions).filter(([emoji]) => !isVote(message.content, emoji))
  const [shown, setShown] = useState<number | null>(null)
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const count = all.length

  // Before it is painted: whatever does not fit is never seen to go.
  useLayoutEffect(() => {
    if (shown !== null || count <= SURE) return
    const pills = [...(box.current?.querySelectorAll<HTMLElement>("[data-pill]") ?? [])]
    setShown(
      countShown(
        pills.map((pill) => pill.offsetTop),
        LINES,
      ),
    )
  }, [shown, count])
  // Anew for another number of pills, and for another width.
  useLayoutEffect(() => {
    const el = box.current
    if (!el || count <= SURE) return
    let width = el.clientWidth
    const observer = new ResizeObserver(() => {
      if (el.clientWidth === width) return
      width = el.clientWidth
      setShown(null)
    })
    observer.observe(el)
    return () => {
      observer.disconnect()
      setShown(null)
    }
  }, [count])

  if (count === 0) return null
  const visible = open || shown === null ? count : Math.min(shown, count)
  return (
    <div className="reacts" ref={box}>
      {all.map(([emoji, n], i) => (
        <ReactionPill
          key={emoji}
          message={message}
          emoji={emoji}
          count={n}
          mine={mine.has(emoji)}
          mayAdd={mayReact}
          hidden={i >= visible}
          onPress={() => toggle(message, emoji)}
        />
      ))}
      {visible < count && (
        <button type="button" className="react" onClick={() => setOpen(true)}>
          {t("moreReactions", { n: count - visible })}
        </button>
      )}
      {mayReact && (
        <button
          type="button"
          className="react add"
          aria-label={tAct("addReaction")}
          data-tip={tAct("addReaction")}
          onClick={(event) => {
            const article = event.currentTarget.closest("article")
            article?.focus({ preventScroll: true, focusVisible: false })
            if (article) pressTool(article, "react")
          }}
        >
          <SmileyIcon className="i s" aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
