"use client"
import { Dialog, Keys } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRef } from "react"
import { keyName } from "./key-name.ts"
import { sheet } from "./keys.ts"
import type { DialogState } from "./dialogs.tsx"

/** All that can be done by keys. */
export const KeysSheet = ({ open, onOpenChange }: DialogState) => {
  const t = useTranslations("shell.keys")
  // All of it, from its title on: nothing in it is to be pressed, and arrows scroll it where it is too high.
  const whole = useRef<HTMLElement>(null)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} initialFocus={whole}>
      <div
        className="keys"
        ref={(keys) => {
          whole.current = keys?.closest<HTMLElement>("[role=dialog]") ?? null
        }}
        // What scrolls can be reached by keys.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="group"
        aria-label={t("all")}
      >
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
