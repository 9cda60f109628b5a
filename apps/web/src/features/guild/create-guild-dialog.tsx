"use client"
import { CreateGuildRequest } from "@hearth/core"
import { Button, Dialog, TextField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { useGateway } from "../gateway/index.ts"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { entranceOf } from "../shell/place.ts"
import { useAction, useProblemsOf } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"

export const CreateGuildDialog = ({ open, onOpenChange }: DialogState) => {
  const t = useTranslations("guild")
  const tCommon = useTranslations("common")
  const problemsOf = useProblemsOf()
  const router = useRouter()
  const gateway = useGateway()
  const [name, setName] = useState("")
  const [problem, setProblem] = useState<string | undefined>()
  const { busy, error, send } = useAction(trpc.guild.create.mutate)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("createTitle")} description={t("createLead")}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const problems = problemsOf(CreateGuildRequest, { name })
          setProblem(problems?.["name"])
          if (problems) return
          void send({ name }, (snapshot) => {
            // The event says the same a moment later; whoever made it need not wait for it.
            gateway.apply("guild:added", snapshot)
            onOpenChange(false)
            router.push(entranceOf(snapshot))
          })
        }}
      >
        <Complaint error={error} />
        <TextField
          label={t("name")}
          autoComplete="off"
          maxLength={80}
          value={name}
          error={problem}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setProblem(undefined)
          }}
        />
        <footer>
          <Button look="bare" onClick={() => onOpenChange(false)}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit" look="ember" busy={busy}>
            {t("create")}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
