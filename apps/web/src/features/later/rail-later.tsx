"use client"
import { Count, Tooltip, useToast } from "@hearth/ui"
import { BookmarkSimpleIcon } from "@phosphor-icons/react/dist/ssr/BookmarkSimple"
import { useTranslations } from "next-intl"
import { useEffect, useEffectEvent, useRef } from "react"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { laterPath } from "./path.ts"

interface Props {
  due: number
  /** How many there were when the page began: those are seen, not said. */
  began: number
  here: boolean
}

/** Stands in the rail for as long as a reminder waits, and says so when one rings: only a reminder makes them more. */
export const RailLater = ({ due, began, here }: Props) => {
  const t = useTranslations("later")
  const { say } = useToast()
  const said = useRef(began)
  const ring = useEffectEvent(() => {
    if (due > said.current) say(t("rang", { n: due - said.current }))
    said.current = due
  })
  useEffect(() => ring(), [due])
  if (due === 0) return null
  const label = t("link", { n: due })
  return (
    <Tooltip label={label} side="right">
      <Link
        className={here ? "railbtn on" : "railbtn"}
        href={laterPath}
        onNavigate={goTo(laterPath)}
        aria-label={label}
        aria-current={here ? "page" : undefined}
      >
        <BookmarkSimpleIcon className="i" aria-hidden="true" />
        <Count value={due} />
      </Link>
    </Tooltip>
  )
}
