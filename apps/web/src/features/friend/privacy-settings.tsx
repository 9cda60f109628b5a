"use client"
import "./friend.css"
import { Switch } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { LastActiveSetting } from "../presence/last-active-setting.tsx"
import { useGatewayEvent } from "../gateway/index.ts"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { trpc } from "../trpc/index.ts"
import { BlockedPeople } from "./blocked-people.tsx"
import { OwnCode } from "./own-code.tsx"
import { useRule } from "./use-rule.ts"

/** Who may write to one, who may ask to be a friend, what they see, and who may do nothing of it. */
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
  const showing = useRule(
    async () => (await trpc.lastActive.rules.query()).shown,
    (shown) => trpc.lastActive.setRules.mutate({ shown }),
  )
  useGatewayEvent("rules:updated", ({ asksFirst, open, receipts, lastActive }) => {
    if (asksFirst !== undefined) writing.heard(asksFirst)
    if (open !== undefined) asking.heard(open)
    if (receipts !== undefined) telling.heard(receipts)
    if (lastActive !== undefined) showing.heard(lastActive)
  })
  const all = [writing, asking, telling, showing]
  // Whoever was away for long was not told what was set meanwhile.
  useGatewayEvent("gateway:ready", ({ reset }) => reset && all.forEach((rule) => rule.again()))
  // They fail together: one complaint, and one way to try again.
  const failed = all.filter((rule) => rule.error)
  const again = () => failed.forEach((rule) => rule.again())
  return (
    <SettingsSheet title={t("privacy")} lead={t("privacyLead")}>
      <Complaint error={failed[0]?.error ?? null} retry={again} />
      <section aria-label={t("whoWrites")}>
        <h2>{t("whoWrites")}</h2>
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
        <Switch
          label={t("open")}
          help={t("openHelp")}
          checked={asking.value ?? false}
          disabled={asking.value === null}
          onChange={(on) => void asking.set(on)}
        />
        <OwnCode />
      </section>
      <section aria-label={tReceipt("rule")}>
        <h2>{tReceipt("rule")}</h2>
        <Switch
          label={tReceipt("shown")}
          help={tReceipt("shownHelp")}
          checked={telling.value ?? false}
          disabled={telling.value === null}
          onChange={(on) => void telling.set(on)}
        />
      </section>
      <LastActiveSetting rule={showing} />
      <section aria-label={t("blockedPeople")}>
        <h2>{t("blockedPeople")}</h2>
        <BlockedPeople empty={<p className="soft">{t("noneBlockedLead")}</p>} />
      </section>
    </SettingsSheet>
  )
}
