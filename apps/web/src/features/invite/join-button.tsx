"use client"
import { Button } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { greetIn } from "../first/just-joined.ts"
import { Complaint } from "../shell/complaint.tsx"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"

export const JoinButton = ({ code, guildName }: { code: string; guildName: string }) => {
  const t = useTranslations("invite.page")
  const [gone, setGone] = useState(false)
  const { busy, error, send } = useAction(() => trpc.invite.join.mutate({ code }))
  return (
    <>
      <Complaint error={error} />
      <Button
        look="ember"
        size="big"
        wide
        busy={busy || gone}
        onClick={() =>
          void send(undefined, ({ guild }) => {
            setGone(true)
            greetIn(guild.id)
            window.location.assign(`/s/${guild.id}`)
          })
        }
      >
        {t("join", { server: guildName })}
      </Button>
    </>
  )
}
