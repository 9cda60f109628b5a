"use client"
import { Dialog } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { PasteInvite } from "../invite/paste-invite.tsx"
import type { DialogState } from "../shell/dialogs.tsx"

export const JoinDialog = ({ open, onOpenChange }: DialogState) => {
  const t = useTranslations("guild")
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("joinTitle")} description={t("joinLead")}>
      <PasteInvite submitLabel={t("joinLook")} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}
