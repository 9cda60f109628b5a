"use client"

import type { Snowflake } from "@hearth/core"
import { Face } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { useSaid, useUser } from "./services.tsx"
import { isoTime, useDayName } from "./times.ts"

const LABEL_LENGTH = 300

export const Day = ({ day }: { day: number }) => {
  const { near, date } = useDayName()(day)
  return (
    <div className="day">
      {near ? (
        <>
          <b>{near}</b> {date}
        </>
      ) : (
        <b>{date}</b>
      )}
    </div>
  )
}

const Time = ({ at }: { at: number }) => {
  const formats = useFormats()
  return (
    <time dateTime={isoTime(at)} title={formats.full(at)}>
      {formats.clock(at)}
    </time>
  )
}

/** In the order in which it is read aloud: who, what, when, and what can be done. Where each stands is the sheet's. */
export const RowShell = ({
  authorId,
  at,
  leads,
  content,
  className = "",
  state,
  above,
  below,
  children,
  ...rest
}: {
  authorId: Snowflake
  at: number
  leads: boolean
  content: string
  className?: string
  state?: string
  above?: ReactNode
  below?: ReactNode
  children: ReactNode
} & { "data-seq"?: number }) => {
  const { user } = useUser(authorId)
  const t = useTranslations("message")
  const unknown = useTranslations("common")("somebody")
  const name = user?.displayName ?? unknown
  const text = useSaid(content, LABEL_LENGTH)
  const said = { name, text, time: useFormats().clock(at) }
  return (
    <article
      className={`msg${leads ? "" : " more"}${className}`}
      tabIndex={-1}
      aria-label={state ? t("labelWithState", { ...said, state }) : t("label", said)}
      {...rest}
    >
      {leads && (
        <>
          <Face id={authorId} name={name} portrait={user?.portrait} />
          <b className="who clip" dir="auto">
            {name}
          </b>
        </>
      )}
      {above}
      <div className="body">{children}</div>
      <Time at={at} />
      {below}
    </article>
  )
}
