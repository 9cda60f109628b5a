"use client"
import { Count, Tooltip, useToast } from "@hearth/ui"
import { BookmarkSimpleIcon } from "@phosphor-icons/react/dist/ssr/BookmarkSimple"
import { useTranslations } from "next-intl"
import { useEffect, useEffectEvent, useRef } from "react"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { laterPath, scheduledPath } from "./path.ts"

interface Props {
  /** Reminders that rang. */
  due: number
  /** Scheduled messages that could not be sent. */
  unsent: number
  /** How many there were when the page began: those are seen, not said. */
  began: { due: number; unsent: number }
  here: boolean
}

/** Stands in the rail for as long as something waits there, and says so when something comes: only that makes them more. */
export const RailLater = ({ due, unsent, began, here }: Props) => {
  const t = useTranslations("later")
  const tSchedule = useTranslations("schedule")
  const { say } = useToast()
  const said = useRef(began)
  const ring = useEffectEvent(() => {
    if (due > said.current.due) say(t("rang", { n: due - said.current.due }))
    if (unsent > said.current.unsent) say(tSchedule("unsent", { n: unsent - said.current.unsent }))
    said.current = { due, unsent }
  })
  useEffect(() => ring(), [due, unsent])
  if (due + unsent === 0) return null
  const label = t("link", { n: due, unsent })
  const path = due === 0 ? scheduledPath : laterPath
  return (
    <Tooltip label={label} side="right">
      <Link
        className={here ? "railbtn on" : "railbtn"}
        href={path}
        onNavigate={goTo(path)}
        aria-label={label}
        aria-current={here ? "page" : undefined}
      >
        <BookmarkSimpleIcon className="i" aria-hidden="true" />
        <Count value={due + unsent} />
      </Link>
    </Tooltip>
  )
}
