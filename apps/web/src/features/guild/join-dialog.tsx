"use client"
import { Dialog } from "@hearth/ui"
import { PasteInvite } from "../invite/paste-invite.tsx"
import type { DialogState } from "../shell/dialogs.tsx"

export const JoinDialog = ({ open, onOpenChange }: DialogState) => (
  <Dialog
    open={open}
    onOpenChange={onOpenChange}
    title="Join a server"
    description="Paste the link that you were sent. You see where it leads before you join."
  >
    <PasteInvite submitLabel="Look at it" onDone={() => onOpenChange(false)} />
  </Dialog>
)
