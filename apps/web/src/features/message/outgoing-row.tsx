"use client"

import { Button, WarningCircleIcon } from "@hearth/ui"
import { ClockIcon } from "@phosphor-icons/react/dist/ssr/Clock"
import { useTranslations } from "next-intl"
import { memo, useEffect, useState } from "react"
import { useSentence } from "../../i18n/error-text.ts"
import { useConnection } from "../gateway/provider.tsx"
import { Answered } from "./answered.tsx"
import { Markdown } from "./markdown/markdown.tsx"
import { toNamed } from "./names.ts"
import type { Outgoing } from "./outgoing-queue.ts"
import type { RowContext } from "./row-context.ts"
import { Day, RowShell } from "./row-shell.tsx"
import type { OutgoingMessageRow } from "./rows.ts"
import { useNameOf, useServices } from "./services.tsx"

const SLOW_MS = 1000

const Sending = ({ outgoing }: { outgoing: Outgoing }) => {
  const { status } = useConnection()
  const t = useTranslations("message")
  const tCommon = useTranslations("common")
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [])
  const { queue, drafts } = useServices()
  const nameOf = useNameOf()
  if (outgoing.phase === "sent" || (!slow && outgoing.phase === "sending")) return null
  const edit = async () => {
    const row = await queue.cancel(outgoing.nonce)
    if (row) drafts.putBack(row.channelId, { ...toNamed(row.content, nameOf), replyTo: row.replyTo })
  }
  const text = outgoing.phase === "sending" ? t("sending") : status === "online" ? t("notYet") : t("waiting")
  return (
    <div className="hint row waiting">
      <ClockIcon className="i s" aria-hidden="true" />
      {text}
      {outgoing.phase === "waiting" && (
        <>
          {status === "online" && (
            <Button size="small" look="bare" onClick={() => void queue.retry(outgoing.nonce)}>
              {tCommon("tryAgain")}
            </Button>
          )}
          <Button size="small" look="bare" onClick={edit}>
            {t("edit")}
          </Button>
          <Button size="small" look="bare" onClick={() => void queue.cancel(outgoing.nonce)}>
            {t("delete")}
          </Button>
        </>
      )}
    </div>
  )
}

const Refused = ({ outgoing }: { outgoing: Outgoing }) => {
  const { queue, drafts } = useServices()
  const nameOf = useNameOf()
  const t = useTranslations("message")
  const tCommon = useTranslations("common")
  const say = useSentence()
  const edit = async () => {
    const row = await queue.take(outgoing.nonce)
    if (!row) return
    drafts.putBack(row.channelId, { ...toNamed(row.content, nameOf), replyTo: row.replyTo })
  }
  return (
    <div className="note">
      <WarningCircleIcon className="i s" weight="fill" aria-hidden="true" />
      <span>{t("notSent", { reason: outgoing.reason === undefined ? t("refused") : say(outgoing.reason) })}</span>
      <Button size="small" look="danger-quiet" onClick={() => void queue.retry(outgoing.nonce)}>
        {tCommon("tryAgain")}
      </Button>
      <Button size="small" look="bare" onClick={edit}>
        {t("edit")}
      </Button>
      <Button size="small" look="bare" onClick={() => void queue.take(outgoing.nonce)}>
        {t("delete")}
      </Button>
    </div>
  )
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
        className={outgoing.phase === "sent" ? "" : refused ? " unsent" : " queued"}
        state={outgoing.phase === "sent" ? "" : t(`state.${outgoing.phase}`)}
        above={outgoing.replyTo !== null && <Answered context={context} seq={outgoing.replyTo} />}
      >
        <Markdown content={outgoing.content} />
        {refused ? <Refused outgoing={outgoing} /> : <Sending outgoing={outgoing} />}
      </RowShell>
    </div>
  )
})
