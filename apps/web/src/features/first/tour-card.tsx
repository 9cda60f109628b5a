"use client"
import "./first.css"
import { Button } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useRef } from "react"
import { isByTouch } from "../shell/by-touch.ts"
import { type Hint, hintsHere } from "./tour-state.ts"

interface CardProps {
  hint: Hint
  at: number
  /** Somebody asked for it: then it is where they want to be. */
  takesFocus: boolean
  onNext: () => void
  onEnd: () => void
}

export const TourCard = ({ hint, at, takesFocus, onNext, onEnd }: CardProps) => {
  const t = useTranslations("first.tour")
  const next = useRef<HTMLButtonElement>(null)
  const all = hintsHere().length
  const last = at === all - 1
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
        <p>{t(hint === "jump" && isByTouch() ? "jump.touch" : `${hint}.lead`)}</p>
      </div>
      <footer>
        <span className="hint grow">{t("place", { n: String(at + 1), all: String(all) })}</span>
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
