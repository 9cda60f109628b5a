"use client"
import type { GuildSnapshot } from "@hearth/core"
import { Button, Dialog, TextField, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { useBootstrap, useGateway } from "../gateway/index.ts"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { useAddress, useGuild, useMay } from "../shell/place.ts"
import { useAction, useProblemsIn } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import { NotYours } from "./not-yours.tsx"

export const OverviewSettings = () => {
  const t = useTranslations("guild")
  const snapshot = useGuild(useAddress().guildId)
  const may = useMay(snapshot)
  const owns = useBootstrap((b) => b.me.id === snapshot?.guild.ownerId)
  if (!snapshot) return null
  if (!may("MANAGE_GUILD")) return <NotYours title={t("overview")} />
  return (
    <SettingsSheet title={t("overview")} lead={t("overviewLead")}>
      <Rename key={snapshot.guild.name} snapshot={snapshot} />
      {owns && <Delete snapshot={snapshot} />}
    </SettingsSheet>
  )
}

const Rename = ({ snapshot: { guild } }: { snapshot: GuildSnapshot }) => {
  const t = useTranslations("guild")
  const problemsIn = useProblemsIn()
  const gateway = useGateway()
  const { say } = useToast()
  const [name, setName] = useState(guild.name)
  const [problem, setProblem] = useState<string | undefined>()
  const { busy, error, send } = useAction(trpc.guild.update.mutate)
  return (
    <section aria-labelledby="guild-name">
      <h2 id="guild-name">{t("nameTitle")}</h2>
      <form
        onSubmit={async (event) => {
          event.preventDefault()
          const input = { guildId: guild.id, name }
          const problems = await problemsIn("UpdateGuildRequest", input)
          setProblem(problems?.["name"])
          if (problems) return
          void send(input, (updated) => {
            gateway.apply("guild:updated", updated)
            say(t("nameSaved"))
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
        <Button type="submit" look="ember" busy={busy} disabled={name === guild.name}>
          {t("saveName")}
        </Button>
      </form>
    </section>
  )
}

const Delete = ({ snapshot: { guild } }: { snapshot: GuildSnapshot }) => {
  const t = useTranslations("guild")
  const tCommon = useTranslations("common")
  const router = useRouter()
  const gateway = useGateway()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState("")
  const { busy, error, send } = useAction(trpc.guild.delete.mutate)
  const sure = typed.trim() === guild.name
  return (
    <section aria-labelledby="guild-delete">
      <h2 id="guild-delete">{t("deleteSection")}</h2>
      <p className="soft">{t("deleteSectionLead")}</p>
      <Button look="danger-quiet" onClick={() => setOpen(true)}>
        {t("deleteAsk")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("deleteTitle", { server: guild.name })}
        description={t("deleteLead")}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (!sure) return
            void send({ guildId: guild.id }, () => {
              gateway.apply("guild:removed", { guildId: guild.id })
              router.push("/")
            })
          }}
        >
          <Complaint error={error} />
          <TextField
            label={t("typeName")}
            autoComplete="off"
            placeholder={guild.name}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <footer>
            <Button look="bare" onClick={() => setOpen(false)}>
              {tCommon("keepIt")}
            </Button>
            <Button type="submit" look="danger" busy={busy} disabled={!sure}>
              {t("delete")}
            </Button>
          </footer>
        </form>
      </Dialog>
    </section>
  )
}
