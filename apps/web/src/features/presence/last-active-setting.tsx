"use client"
import { Switch } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRule } from "../friend/use-rule.ts"
import { Complaint } from "../shell/complaint.tsx"
import { trpc } from "../trpc/index.ts"

/** Whether one shows when one was last active. */
export const LastActiveSetting = () => {
  const t = useTranslations("status")
  const showing = useRule(
    async () => (await trpc.lastActive.rules.query()).shown,
    (shown) => trpc.lastActive.setRules.mutate({ shown }),
  )
  return (
    <section aria-label={t("whoSees")}>
      <h2>{t("whoSees")}</h2>
      <Complaint error={showing.error} retry={showing.again} />
      <Switch
        label={t("showLastActive")}
        help={t("showLastActiveHelp")}
        checked={showing.value ?? false}
        disabled={showing.value === null}
        onChange={(on) => void showing.set(on)}
      />
    </section>
  )
}
