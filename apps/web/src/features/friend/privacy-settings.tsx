"use client"
import "./friend.css"
import { Switch } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { trpc } from "../trpc/index.ts"
import { BlockedPeople } from "./blocked-people.tsx"
import { OwnCode } from "./own-code.tsx"
import { useAsked } from "./use-asked.ts"
import { useAnswer } from "./use-answer.ts"

/** One rule that is on or off, as the server has it: shown at once, and taken back when it was not kept. */
const useRule = (load: () => Promise<boolean>, keep: (value: boolean) => Promise<unknown>) => {
  const answer = useAnswer()
  const { value, error, again, set } = useAsked(load)
  return {
    value,
    error,
    again,
    set: async (wanted: boolean) => {
      set(wanted)
      if (!(await answer(keep(wanted)))) set(!wanted)
    },
  }
}

/** Who may write to one, who may ask to be a friend, and who may do neither. */
export const PrivacySettings = () => {
  const t = useTranslations("friend")
  const writing = useRule(
    async () => (await trpc.conversation.rules.query()).asksFirst,
    (asksFirst) => trpc.conversation.setRules.mutate({ asksFirst }),
  )
  const asking = useRule(
    async () => (await trpc.friend.rules.query()).open,
    (open) => trpc.friend.setRules.mutate({ open }),
  )
  const tReceipt = useTranslations("receipt")
  const telling = useRule(
    async () => (await trpc.receipt.rules.query()).shown,
    (shown) => trpc.receipt.setRules.mutate({ shown }),
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
          disabled={writing.value === null}
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
          disabled={asking.value === null}
          onChange={(on) => void asking.set(on)}
        />
        <OwnCode />
      </section>
      <section aria-label={tReceipt("rule")}>
        <h2>{tReceipt("rule")}</h2>
        <Complaint error={telling.error} retry={telling.again} />
        <Switch
          label={tReceipt("shown")}
          help={tReceipt("shownHelp")}
          checked={telling.value ?? true}
          disabled={telling.value === null}
          onChange={(on) => void telling.set(on)}
        />
      </section>
      <section aria-label={t("blockedPeople")}>
        <h2>{t("blockedPeople")}</h2>
        <BlockedPeople empty={<p className="soft">{t("noneBlockedLead")}</p>} />
      </section>
    </SettingsSheet>
  )
}
