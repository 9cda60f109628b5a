"use client"
import type { Snowflake } from "@hearth/core"
import { Button, Dialog } from "@hearth/ui"
import { useRouter } from "next/navigation"
import { useGateway } from "../gateway/index.ts"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { useGuild } from "../shell/place.ts"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"

export const LeaveDialog = ({ guildId, open, onOpenChange }: DialogState & { guildId: Snowflake }) => {
  const router = useRouter()
  const gateway = useGateway()
  const name = useGuild(guildId)?.guild.name ?? "this server"
  const { busy, error, send } = useAction(trpc.guild.leave.mutate)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Leave ${name}?`}
      description="What you wrote stays there. To come back you need an invite."
    >
      <Complaint error={error} />
      <footer>
        <Button look="bare" onClick={() => onOpenChange(false)}>
          Stay
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
          Leave server
        </Button>
      </footer>
    </Dialog>
  )
}
