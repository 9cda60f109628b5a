import { Tag } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { usePreciseTime } from "../../i18n/precise-time.ts"
import { isoTime } from "../message/times.ts"

export type Told = "yes" | "notYet" | "unknown"

interface Props {
  icon: ReactNode
  title: string
  /** When it happened, by the clock of who did it. */
  at?: number | undefined
  told: Told
  children?: ReactNode
}

/** One step of a message's way. What it says of itself is said by a word, and by colour only beside it. */
export const Step = ({ icon, title, at, told, children }: Props) => {
  const t = useTranslations("admin.trace")
  const precise = usePreciseTime()
  return (
    <li className="step" data-told={told}>
      <span className="nub">{icon}</span>
      <div className="grow">
        <p className="name">
          {title} {at !== undefined && <time dateTime={isoTime(at)}>{precise(at)}</time>}
        </p>
        {children}
      </div>
      <Tag {...(told === "yes" && { tone: "ok" })}>
        {told === "yes" ? t("yes") : told === "notYet" ? t("notYet") : t("unknownTag")}
      </Tag>
    </li>
  )
}
