"use client"
import { SelectField } from "@hearth/ui"
import { useTranslations } from "next-intl"

const HOUR = 3_600_000
const lives = {
  "1h": HOUR,
  "1d": 24 * HOUR,
  "7d": 7 * 24 * HOUR,
  "30d": 30 * 24 * HOUR,
  never: null,
} as const
const uses = {
  "1": 1,
  "10": 10,
  "100": 100,
  any: null,
} as const

export interface InviteOptions {
  life: keyof typeof lives
  uses: keyof typeof uses
}
export const DEFAULT_OPTIONS: InviteOptions = { life: "7d", uses: "any" }

export const toRequest = (o: InviteOptions) => ({ expiresInMs: lives[o.life], maxUses: uses[o.uses] })

const options = <K extends string>(table: Record<K, unknown>, label: (value: K) => string) =>
  (Object.keys(table) as K[]).map((value) => ({ value, label: label(value) }))

/** How long an invite lives, and for how many. */
export const InviteOptionFields = ({
  value,
  onChange,
}: {
  value: InviteOptions
  onChange: (next: InviteOptions) => void
}) => {
  const t = useTranslations("invite")
  return (
    <>
      <SelectField
        label={t("expiresAfter")}
        value={value.life}
        options={options(lives, (life) => t(`life.${life}`))}
        onChange={(life) => onChange({ ...value, life })}
      />
      <SelectField
        label={t("worksFor")}
        value={value.uses}
        options={options(uses, (n) => t(`uses.${n}`))}
        onChange={(n) => onChange({ ...value, uses: n })}
      />
    </>
  )
}
