"use client"
import { Button, onDemand, useAway, useOnDemand } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Complaint } from "../shell/complaint.tsx"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import type { Talk } from "./use-conversations.ts"

const reportDialog = onDemand(() => import("../report/report-dialog.tsx"))

/** Where one would write: whether to let in who asks. Whoever it is hears nothing of the answer. */
export const Request = ({ talk: { guild, conversation, channel } }: { talk: Talk }) => {
  const t = useTranslations("conversation")
  const tReport = useTranslations("report")
  const body = { conversationId: guild.id }
  const [sender] = conversation.people
  const [reporting, setReporting] = useState(false)
  const report = useOnDemand(reportDialog, reporting, useAway())
  const { busy, error, send } = useAction((run: () => Promise<unknown>) => run())
  const blocked = async (userId: string) => {
    await trpc.conversation.block.mutate({ userId, blocked: true })
    // Not declined for good: who is unblocked asks again by writing.
    await trpc.conversation.close.mutate(body)
  }
  return (
    <section className="col request" aria-label={t("request")}>
      <p className="soft">
        {conversation.kind === "group" ? t("asksGroup", { name: channel.name }) : t("asksFor", { name: channel.name })}
      </p>
      <Complaint error={error} />
      <div className="row">
        <Button look="ember" disabled={busy} onClick={() => void send(() => trpc.conversation.accept.mutate(body))}>
          {t("accept")}
        </Button>
        <Button disabled={busy} onClick={() => void send(() => trpc.conversation.decline.mutate(body))}>
          {t("decline")}
        </Button>
        {conversation.kind === "direct" && sender && (
          <>
            <Button look="danger-quiet" disabled={busy} onClick={() => void send(() => blocked(sender.id))}>
              {t("block", { name: sender.displayName })}
            </Button>
            <Button look="bare" onClick={() => setReporting(true)}>
              {tReport("report")}
            </Button>
          </>
        )}
      </div>
      {report && sender && (
        <report.ReportDialog user={sender} about="message-request" open={reporting} onOpenChange={setReporting} />
      )}
    </section>
  )
}
