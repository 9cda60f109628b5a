"use client"
import "./friend.css"
import { Switch } from "@hearth/ui"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { toAppError, trpc } from "../trpc/index.ts"
import { BlockedPeople } from "./blocked-people.tsx"
import { OwnCode } from "./own-code.tsx"
import { useAnswer } from "./use-answer.ts"

/** One rule that is on or off, as the server has it: shown at once, and taken back when it was not kept. */
const useRule = (name: string, load: () => Promise<boolean>, keep: (value: boolean) => Promise<unknown>) => {
  const cache = useQueryClient()
  const answer = useAnswer()
  const queryKey = ["rule", name]
  const { data, error, refetch } = useQuery({ queryKey, queryFn: load })
  return {
    value: data,
    error: error ? toAppError(error) : null,
    again: () => void refetch(),
    set: async (value: boolean) => {
      cache.setQueryData(queryKey, value)
      if (!(await answer(keep(value)))) cache.setQueryData(queryKey, !value)
    },
  }
}

/** Who may write to one, who may ask to be a friend, and who may do neither. */
export const PrivacySettings = () => {
  const t = useTranslations("friend")
  const writing = useRule(
    "writing",
    async () => (await trpc.conversation.rules.query()).asksFirst,
    (asksFirst) => trpc.conversation.setRules.mutate({ asksFirst }),
  )
  const asking = useRule(
    "asking",
    async () => (await trpc.friend.rules.query()).open,
    (open) => trpc.friend.setRules.mutate({ open }),
  )
  return (
    <SettingsSheet title={t("privacy")} lead={t("privacyLead")}>
      <section aria-label={t("whoWrites")}>
        <h2>{t("whoWrites")}</h2>
        <Complaint error={writing.error} retry={writing.again} />
        <Switch
          label={t("asksFirst")}
          help={t("asksFirstHelp")}
          checked={writing.value ?? false}
          disabled={writing.value === undefined}
          onChange={(on) => void writing.set(on)}
        />
      </section>
      <section aria-label={t("whoAsks")}>
        <h2>{t("whoAsks")}</h2>
        <Complaint error={asking.error} retry={asking.again} />
        <Switch
          label={t("open")}
          help={t("openHelp")}
          checked={asking.value ?? true}
          disabled={asking.value === undefined}
          onChange={(on) => void asking.set(on)}
        />
        <OwnCode />
      </section>
      <section aria-label={t("blockedPeople")}>
        <h2>{t("blockedPeople")}</h2>
        <BlockedPeople empty={<p className="soft">{t("noneBlockedLead")}</p>} />
      </section>
    </SettingsSheet>
  )
}
