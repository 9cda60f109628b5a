"use client"
import type { Snowflake } from "@hearth/core"
import { Button, Dialog } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useGateway } from "../gateway/index.ts"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { useGuild } from "../shell/place.ts"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"

export const LeaveDialog = ({ guildId, open, onOpenChange }: DialogState & { guildId: Snowflake }) => {
  const t = useTranslations("guild")
  const router = useRouter()
  const gateway = useGateway()
  const name = useGuild(guildId)?.guild.name ?? t("this")
  const { busy, error, send } = useAction(trpc.guild.leave.mutate)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("leaveTitle", { server: name })}
      description={t("leaveLead")}
    >
      <Complaint error={error} />
      <footer>
        <Button look="bare" onClick={() => onOpenChange(false)}>
          {t("stay")}
        </Button>
        <Button
          look="danger"
          busy={busy}
          onClick={() =>
            void send({ guildId }, () => {
              onOpenChange(false)
              gateway.apply("guild:removed", { guildId })
              router.push("/")
            })
          }
        >
          {t("leave")}
        </Button>
      </footer>
    </Dialog>
  )
}
