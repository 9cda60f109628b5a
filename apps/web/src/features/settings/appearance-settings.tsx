"use client"
import { Segmented, Switch } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { LOCALES, locales } from "../../i18n/locales.ts"
import { useLocaleChoice } from "../../i18n/use-locale-choice.ts"
import { useLook } from "./use-look.tsx"
import { SettingsSheet } from "./settings-page.tsx"

/** How Hearth looks and speaks in this browser. Everything takes effect at once. */
export const AppearanceSettings = () => {
  const { look, setLook } = useLook()
  const t = useTranslations("settings")
  const { chosen, choose } = useLocaleChoice()
  return (
    <SettingsSheet title={t("appearance")} lead={t("lead")}>
      <section aria-labelledby="look-theme">
        <h2 id="look-theme">{t("theme")}</h2>
        <Segmented
          label={t("theme")}
          value={look.theme}
          onChange={(theme) => setLook({ theme })}
          options={[
            { value: "system", label: t("asSystem") },
            { value: "night", label: t("night") },
            { value: "paper", label: t("paper") },
          ]}
        />
      </section>
      <section aria-labelledby="look-contrast">
        <h2 id="look-contrast">{t("contrast")}</h2>
        <Segmented
          label={t("contrast")}
          value={look.contrast}
          onChange={(contrast) => setLook({ contrast })}
          options={[
            { value: "system", label: t("asSystem") },
            { value: "normal", label: t("normal") },
            { value: "more", label: t("more") },
          ]}
        />
      </section>
      <section aria-labelledby="look-text">
        <h2 id="look-text">{t("textSize")}</h2>
        <Segmented
          label={t("textSize")}
          value={look.text}
          onChange={(text) => setLook({ text })}
          options={[
            { value: "normal", label: t("normal") },
            { value: "large", label: t("large") },
            { value: "larger", label: t("larger") },
          ]}
        />
      </section>
      <section aria-labelledby="look-density">
        <h2 id="look-density">{t("density")}</h2>
        <Segmented
          label={t("density")}
          value={look.density}
          onChange={(density) => setLook({ density })}
          options={[
            { value: "compact", label: t("compact") },
            { value: "cosy", label: t("cosy") },
            { value: "roomy", label: t("roomy") },
          ]}
        />
      </section>
      <section aria-labelledby="look-glow">
        <h2 id="look-glow">{t("light")}</h2>
        <Switch
          label={t("glow")}
          help={t("glowHelp")}
          checked={look.glow === "on"}
          onChange={(on) => setLook({ glow: on ? "on" : "off" })}
        />
      </section>
      <section aria-labelledby="look-language">
        <h2 id="look-language">{t("language")}</h2>
        <Segmented
          label={t("language")}
          value={chosen}
          onChange={choose}
          options={[
            { value: "browser", label: t("asBrowser") },
            ...locales.map((locale) => ({ value: locale, label: LOCALES[locale].name })),
          ]}
        />
      </section>
    </SettingsSheet>
  )
}
