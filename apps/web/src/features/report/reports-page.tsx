"use client"
import type { Report } from "@hearth/core"
import { Button, Face, Segmented, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { useFormats } from "../../i18n/formats.ts"
import { useList } from "../act/use-list.ts"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { toAppError, trpc } from "../trpc/index.ts"

/** What people reported, for who looks after this Hearth. */
export const ReportsPage = () => {
  const t = useTranslations("admin.reports")
  const [which, setWhich] = useState<"open" | "seen">("open")
  return (
    <SettingsSheet title={t("title")} lead={t("lead")}>
      <section aria-label={t("title")}>
        <Segmented
          label={t("which")}
          value={which}
          options={(["open", "seen"] as const).map((value) => ({ value, label: t(value) }))}
          onChange={setWhich}
        />
        <Reports key={which} seen={which === "seen"} />
      </section>
    </SettingsSheet>
  )
}

const Reports = ({ seen }: { seen: boolean }) => {
  const t = useTranslations("admin.reports")
  const { complain } = useToast()
  const textOf = useErrorText()
  const list = useList((cursor) => trpc.report.list.query({ seen, ...(cursor && { cursor }) }))
  const tick = (report: Report) =>
    trpc.report.see.mutate({ reportId: report.id }).then(
      () => list.change((all) => all.filter((other) => other.id !== report.id)),
      (error: unknown) => complain(textOf(toAppError(error))),
    )
  return (
    <PagedList
      paged={list}
      label={t(seen ? "seen" : "open")}
      loadingLabel={t("loading")}
      empty={t(seen ? "noneSeen" : "none")}
      row={(report) => <Row key={report.id} report={report} onTick={() => void tick(report)} />}
    />
  )
}

const Row = ({ report, onTick }: { report: Report; onTick: () => void }) => {
  const t = useTranslations("admin.reports")
  const formats = useFormats()
  const { reported, reporter, about, text, at, seenAt } = report
  const name = reported?.displayName ?? t("gone")
  return (
    <li className="line report">
      {reported && <Face id={reported.id} name={name} portrait={reported.portrait} size={32} />}
      <span className="grow">
        <span className="name clip" dir="auto">
          {name}
        </span>
        <span className="hint">
          {t("line", { about: t(`about.${about}`), by: reporter?.displayName ?? t("gone"), time: formats.full(at) })}
        </span>
        {text && (
          <span className="said" dir="auto">
            {text}
          </span>
        )}
      </span>
      {seenAt === null && (
        <Button size="small" aria-label={t("tickNamed", { name })} onClick={onTick}>
          {t("tick")}
        </Button>
      )}
    </li>
  )
}
