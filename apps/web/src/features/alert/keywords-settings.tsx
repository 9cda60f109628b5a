"use client"
import type { Alert } from "@hearth/core"
import { Button, IconButton, TextField, useToast, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { useGatewayEvent } from "../gateway/index.ts"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { useAction, useProblemsIn } from "../shell/use-action.ts"
import { usePaged } from "../shell/use-paged.ts"
import { trpc } from "../trpc/index.ts"

/** The words that one wants to hear of, in all servers. */
export const KeywordsSettings = () => {
  const t = useTranslations("alert")
  const formats = useFormats()
  const { say } = useToast()
  const problemsIn = useProblemsIn()
  const paged = usePaged(["alerts"], (cursor) => trpc.alert.list.query({ ...(cursor && { cursor }) }))
  const [word, setWord] = useState("")
  const [problem, setProblem] = useState<string | undefined>()
  const field = useRef<HTMLInputElement>(null)
  const add = useAction(trpc.alert.add.mutate)
  const remove = useAction(trpc.alert.remove.mutate)
  // Also what one's other devices do.
  useGatewayEvent("alerts:changed", () => paged.again())

  const submit = async () => {
    const problems = await problemsIn("AlertRequest", { word })
    setProblem(problems?.["word"])
    if (problems) return
    await add.send({ word }, (alert) => {
      setWord("")
      say(t("added", { word: alert.word }))
    })
    field.current?.focus()
  }
  const drop = (alert: Alert) =>
    void remove.send({ word: alert.word }, () => {
      paged.change((all) => all.filter((other) => other.word !== alert.word))
      say(t("removed", { word: alert.word }))
      field.current?.focus()
    })
  return (
    <SettingsSheet title={t("title")} lead={t("lead")}>
      <section aria-label={t("add")}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <Complaint error={add.error} />
          <TextField
            ref={field}
            label={t("word")}
            help={t("help")}
            autoComplete="off"
            dir="auto"
            maxLength={80}
            value={word}
            error={problem}
            onChange={(event) => {
              setProblem(undefined)
              setWord(event.currentTarget.value)
            }}
          />
          <Button type="submit" look="ember" busy={add.busy} disabled={word.trim() === ""}>
            {t("add")}
          </Button>
        </form>
      </section>
      <section aria-label={t("yours")}>
        <Complaint error={remove.error} />
        <PagedList
          paged={paged}
          label={t("yours")}
          loadingLabel={t("loading")}
          empty={t("none")}
          row={(alert) => (
            <li className="line" key={alert.word}>
              <span className="grow">
                <span className="name clip" dir="auto">
                  {alert.word}
                </span>
                <span className="hint clip">{t("since", { time: formats.date(alert.since) })}</span>
              </span>
              <IconButton
                label={t("remove", { word: alert.word })}
                icon={<XIcon className="i" aria-hidden="true" />}
                onClick={() => drop(alert)}
              />
            </li>
          )}
        />
      </section>
    </SettingsSheet>
  )
}
