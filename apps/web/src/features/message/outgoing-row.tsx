"use client"

import { onDemand, useOnDemand } from "@hearth/ui"
import { ClockIcon } from "@phosphor-icons/react/dist/ssr/Clock"
import { useTranslations } from "next-intl"
import { memo, useEffect, useState } from "react"
import { useConnection } from "../gateway/provider.tsx"
import { Answered } from "./answered.tsx"
import { Markdown } from "./markdown/markdown.tsx"
import type { Outgoing } from "./outgoing-queue.ts"
import { isTalked, type RowContext } from "./row-context.ts"
import { Day, RowShell } from "./row-shell.tsx"
import type { OutgoingMessageRow } from "./rows.ts"

const SLOW_MS = 1000

/** Fetched when somebody begins to write: without a connection it could not be. */
export const outgoingActs = onDemand(() => import("./outgoing-acts.tsx"))

const Sending = ({ outgoing }: { outgoing: Outgoing }) => {
  const { status } = useConnection()
  const t = useTranslations("message")
  const [slow, setSlow] = useState(false)
  const acts = useOnDemand(outgoingActs, outgoing.phase === "waiting", () => {})
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [])
  if (outgoing.phase === "sent" || (!slow && outgoing.phase === "sending")) return null
  const text = outgoing.phase === "sending" ? t("sending") : status === "online" ? t("notYet") : t("waiting")
  return (
    <div className="hint row waiting">
      <ClockIcon className="i s" aria-hidden="true" />
      {text}
      {acts && outgoing.phase === "waiting" && <acts.WaitingActs outgoing={outgoing} />}
    </div>
  )
}

const Refused = ({ outgoing }: { outgoing: Outgoing }) => {
  const acts = useOnDemand(outgoingActs, true, () => {})
  return acts && <acts.Refused outgoing={outgoing} />
}

export const OutgoingRowView = memo(function OutgoingRowView({
  row,
  context,
}: {
  row: OutgoingMessageRow
  context: RowContext
}) {
  const { outgoing, leads, day } = row
  const t = useTranslations("message")
  const refused = outgoing.phase === "refused"
  return (
    <div className="col" data-row={row.key}>
      {day !== null && <Day day={day} />}
      <RowShell
        authorId={context.me}
        at={outgoing.createdAt}
        leads={leads}
        content={outgoing.content}
        className={`${isTalked(context) ? " talked" : ""}${outgoing.phase === "sent" ? "" : refused ? " unsent" : " queued"}`}
        state={outgoing.phase === "sent" ? "" : t(`state.${outgoing.phase}`)}
        above={outgoing.replyTo !== null && <Answered context={context} seq={outgoing.replyTo} />}
        below={refused ? <Refused outgoing={outgoing} /> : <Sending outgoing={outgoing} />}
      >
        <Markdown content={outgoing.content} />
      </RowShell>
    </div>
  )
})
