"use client"

import { useOnDemand } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { memo, type PointerEvent, useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { Answered } from "./answered.tsx"
import { Markdown } from "./markdown/markdown.tsx"
import { Reactions } from "./reactions.tsx"
import type { RowContext } from "./row-context.ts"
import { Day, RowShell } from "./row-shell.tsx"
import type { MessageRow } from "./rows.ts"
import { tools } from "./tools-door.ts"

export const MessageRowView = memo(function MessageRowView({ row, context }: { row: MessageRow; context: RowContext }) {
  const { message, leads, day, forMe, newSince } = row
  const t = useTranslations("message")
  const formats = useFormats()
  const [near, setNear] = useState(false)
  const [within, setWithin] = useState(false)
  const wanted = near || within
  const loaded = useOnDemand(tools, wanted, () => {})
  // What a link leads to, and what addresses the reader.
  const lit = context.highlighted === message.seq || forMe !== null
  return (
    <div
      className="col"
      data-row={row.key}
      onPointerEnter={(e) => e.pointerType !== "touch" && setNear(true)}
      onPointerLeave={(e) => e.pointerType !== "touch" && setNear(false)}
      onPointerUp={tap}
      onFocus={() => setWithin(true)}
      onBlur={(e) => !e.currentTarget.contains(e.relatedTarget) && setWithin(false)}
    >
      {day !== null && <Day day={day} />}
      {newSince !== null && (
        <div className="since">{newSince > 0 ? t("newSince", { time: formats.clock(newSince) }) : t("new")}</div>
      )}
      <RowShell
        authorId={message.authorId}
        at={message.createdAt}
        leads={leads}
        content={message.content}
        className={lit ? ` lit-msg${forMe?.above ? " more-above" : ""}${forMe?.below ? " more-below" : ""}` : ""}
        data-seq={message.seq}
        above={message.replyTo !== null && <Answered context={context} seq={message.replyTo} />}
      >
        <Markdown content={message.content} />
        {message.editedAt !== null && (
          <span className="edited" title={formats.full(message.editedAt)}>
            {t("edited")}
          </span>
        )}
        <Reactions message={message} mayReact={context.mayReact} />
        {wanted && loaded && <loaded.MessageTools message={message} context={context} />}
      </RowShell>
    </div>
  )
})

/** A tap on what is not itself to be pressed shows what can be done with the message, as the focus does. */
const tap = (event: PointerEvent<HTMLElement>) => {
  if (event.pointerType !== "touch" || (event.target as Element).closest("a, button, summary")) return
  if (window.getSelection()?.isCollapsed === false) return
  event.currentTarget.querySelector<HTMLElement>("article")?.focus({ preventScroll: true, focusVisible: false })
}
