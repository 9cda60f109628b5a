"use client"
import { SelectField } from "@hearth/ui"

const HOUR = 3_600_000
const lives = {
  "1h": { label: "One hour", ms: HOUR },
  "1d": { label: "One day", ms: 24 * HOUR },
  "7d": { label: "Seven days", ms: 7 * 24 * HOUR },
  "30d": { label: "30 days", ms: 30 * 24 * HOUR },
  never: { label: "Never", ms: null },
} as const
const uses = {
  "1": { label: "One person", n: 1 },
  "10": { label: "10 people", n: 10 },
  "100": { label: "100 people", n: 100 },
  any: { label: "Anybody", n: null },
} as const

export interface InviteOptions {
  life: keyof typeof lives
  uses: keyof typeof uses
}
export const DEFAULT_OPTIONS: InviteOptions = { life: "7d", uses: "any" }

export const toRequest = (o: InviteOptions) => ({ expiresInMs: lives[o.life].ms, maxUses: uses[o.uses].n })

const entries = <K extends string>(table: Record<K, { label: string }>) =>
  (Object.keys(table) as K[]).map((value) => ({ value, label: table[value].label }))

/** How long an invite lives, and for how many. */
export const InviteOptionFields = ({
  value,
  onChange,
}: {
  value: InviteOptions
  onChange: (next: InviteOptions) => void
}) => (
  <>
    <SelectField
      label="Expires after"
      value={value.life}
      options={entries(lives)}
      onChange={(life) => onChange({ ...value, life })}
    />
    <SelectField
      label="Works for"
      value={value.uses}
      options={entries(uses)}
      onChange={(n) => onChange({ ...value, uses: n })}
    />
  </>
)
