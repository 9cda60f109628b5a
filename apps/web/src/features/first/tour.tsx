"use client"
import "./first.css"
import { Button } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { focusComposer } from "../message/index.ts"
import { hints, isTourNew, onTourAsked, tourShown } from "./tour-state.ts"

/** Four hints at the edge of the screen. It takes neither the focus nor the place of anything, and one press ends it. */
export const Tour = () => {
  const me = useBootstrap((b) => b.me.id)
  const [at, setAt] = useState<number | null>(() => (isTourNew(me) ? 0 : null))
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (at !== null) tourShown(me)
  }, [at, me])
  useEffect(
    () =>
      onTourAsked(() => {
        setAsked(true)
        setAt(0)
      }),
    [],
  )
  const hint = at === null ? undefined : hints[at]
  if (at === null || hint === undefined) return null
  return (
    <Card
      key={asked ? "asked" : "new"}
      hint={hint}
      at={at}
      takesFocus={asked}
      onNext={() => setAt(at + 1)}
      onEnd={() => {
        setAt(null)
        setAsked(false)
        focusComposer()
      }}
    />
  )
}

interface CardProps {
  hint: (typeof hints)[number]
  at: number
  /** Somebody asked for it: then it is where they want to be. */
  takesFocus: boolean
  onNext: () => void
  onEnd: () => void
}

const Card = ({ hint, at, takesFocus, onNext, onEnd }: CardProps) => {
  const t = useTranslations("first.tour")
  const next = useRef<HTMLButtonElement>(null)
  const last = at === hints.length - 1
  useEffect(() => {
    if (!takesFocus) return
    next.current?.focus()
    // The menu in which it was chosen gives the focus back to its button when it is gone.
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Element && target.matches("[aria-haspopup]")) next.current?.focus()
    }
    document.addEventListener("focusin", onFocus, { once: true })
    return () => document.removeEventListener("focusin", onFocus)
  }, [takesFocus])
  return (
    // Esc ends it from any of its buttons.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      className="tour"
      aria-label={t("title")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return
        event.preventDefault()
        event.stopPropagation()
        onEnd()
      }}
    >
      <div aria-live="polite">
        <b>{t(`${hint}.title`)}</b>
        <p>{t(`${hint}.lead`)}</p>
      </div>
      <footer>
        <span className="hint grow">{t("place", { n: String(at + 1), all: String(hints.length) })}</span>
        {!last && (
          <Button look="bare" size="small" onClick={onEnd}>
            {t("skip")}
          </Button>
        )}
        <Button ref={next} size="small" onClick={last ? onEnd : onNext}>
          {last ? t("done") : t("next")}
        </Button>
      </footer>
    </aside>
  )
}
