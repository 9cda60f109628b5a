"use client"
import { Switch } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { Rule } from "../friend/use-rule.ts"

/** Whether one shows when one was last active. */
export const LastActiveSetting = ({ rule }: { rule: Rule }) => {
  const t = useTranslations("status")
  return (
    <section aria-label={t("whoSees")}>
      <h2>{t("whoSees")}</h2>
      <Switch
        label={t("showLastActive")}
        help={t("showLastActiveHelp")}
        checked={rule.value ?? false}
        disabled={rule.value === null}
        onChange={(on) => void rule.set(on)}
      />
    </section>
  )
}
