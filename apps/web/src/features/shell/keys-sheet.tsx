"use client"
import { Dialog, Keys } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { keyName, sheet } from "./keys.ts"
import type { DialogState } from "./dialogs.tsx"

/** All that can be done by keys. */
export const KeysSheet = ({ open, onOpenChange }: DialogState) => {
  const t = useTranslations("shell.keys")
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")}>
      {/* On a small screen it scrolls, and by keys, too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="keys" tabIndex={0} role="group" aria-label={t("all")}>
        {sheet.map(({ group, keys }) => (
          <section key={group}>
            <h3>{t(`groups.${group}`)}</h3>
            <dl>
              {keys.map(({ does, press }) => (
                <div key={does}>
                  <dt>{t(`does.${does}`)}</dt>
                  <dd>
                    {press.map((key) => (
                      <Keys key={key}>{keyName(key)}</Keys>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
