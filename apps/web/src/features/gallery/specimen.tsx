"use client"
import { type ReactNode, useLayoutEffect, useRef } from "react"

/** A page of the gallery's book: one picture of it is kept for each theme and width. */
export const Section = ({
  id,
  title,
  columns = 3,
  children,
}: {
  id: string
  title: string
  columns?: 2 | 3
  children: ReactNode
}) => (
  <section className="gal-section" id={id} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{title}</h2>
    <div className="gal-grid" data-columns={columns}>
      {children}
    </div>
  </section>
)

type SpecimenProps = {
  title: string
  /** Over all columns. */
  wide?: boolean
  children: ReactNode
}

export const Specimen = ({ title, wide = false, children }: SpecimenProps) => (
  <article className={wide ? "gal-specimen wide" : "gal-specimen"}>
    <h3>{title}</h3>
    {children}
  </article>
)

export const Line = ({ children }: { children: ReactNode }) => <div className="gal-line">{children}</div>

/** A thing with a word about it. */
export const Named = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="gal-named">
    {children}
    <span className="hint">{name}</span>
  </div>
)

export type State = "hover" | "press" | "focus"

/** Shows what is in it as if somebody pointed at it, pressed it, or had come to it by the keyboard. */
export const As = ({ state, on, children }: { state: State; on?: string; children: ReactNode }) => {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const target = on === undefined ? box.current?.firstElementChild : box.current?.querySelector(on)
    target?.classList.add(`is-${state}`)
    // Rows show what one can do with them when a pointer comes.
    if (state === "hover") target?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }))
    return () => target?.classList.remove(`is-${state}`)
  }, [state, on])
  return (
    <div className="gal-as" ref={box}>
      {children}
    </div>
  )
}
