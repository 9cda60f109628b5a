"use client"
import type { Snowflake } from "@hearth/core"
import { Button, Dialog } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useGateway } from "../gateway/index.ts"
import { useServices } from "../message/services.tsx"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { useAction } from "../shell/use-action.ts"

type Props = DialogState & { channelId: Snowflake; seq: number }

/** Ends a poll before its time, after asking. */
export const EndPollDialog = ({ channelId, seq, open, onOpenChange }: Props) => {
  const t = useTranslations("poll")
  const client = useGateway()
  const { history } = useServices()
  const { busy, error, send } = useAction((body: { channelId: Snowflake; seq: number }) =>
    client.request("poll:end", body),
  )
  const end = () =>
    void send({ channelId, seq }, ({ message }) => {
      history.changed(message)
      onOpenChange(false)
    })
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("end")} description={t("endLead")}>
      <Complaint error={error} />
      <footer>
        <Button look="ember" busy={busy} onClick={end}>
          {t("endIt")}
        </Button>
      </footer>
    </Dialog>
  )
}
