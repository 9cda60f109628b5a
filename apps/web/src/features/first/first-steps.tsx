"use client"
import "./first.css"
import type { Snowflake } from "@hearth/core"
import { CheckIcon, IconButton, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useId } from "react"
import { focusComposer } from "../message/index.ts"
import { useAsk } from "../shell/dialogs.tsx"
import { Link } from "../shell/link.tsx"
import { settingsPath } from "../shell/place.ts"
import { type Step, steps } from "./steps.ts"
import type { FirstSteps as Steps } from "./use-first-steps.ts"

/** What one does with a new server. Each line leads there, and is ticked by what is there. */
export const FirstSteps = ({ guildId, done, putAway }: Steps & { guildId: Snowflake }) => {
  const t = useTranslations("first.steps")
  const ask = useAsk()
  const id = useId()
  const does: Record<Exclude<Step, "name">, () => void> = {
    channel: () => ask({ kind: "create-channel", guildId }),
    invite: () => ask({ kind: "invite", guildId }),
    write: () => focusComposer(),
  }
  const line = (step: Step) => (
    <>
      <span className="tick" aria-hidden="true">
        {done[step] && <CheckIcon className="i xs" weight="bold" />}
      </span>
      <span className="grow">{t(step)}</span>
      {done[step] && <span className="unseen">{t("done")}</span>}
    </>
  )
  return (
    <section className="first-steps" aria-labelledby={id}>
      <header>
        <h2 id={id}>{t("title")}</h2>
        <IconButton
          small
          label={t("putAway")}
          icon={<XIcon className="i xs" aria-hidden="true" />}
          onClick={() => {
            putAway()
            focusComposer()
          }}
        />
      </header>
      <ol>
        {steps.map((step) => (
          <li key={step} data-done={done[step]}>
            {step === "name" ? (
              <Link href={settingsPath(guildId, "overview")}>{line(step)}</Link>
            ) : (
              <button type="button" onClick={does[step]}>
                {line(step)}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
