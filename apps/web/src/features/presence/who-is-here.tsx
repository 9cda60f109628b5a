"use client"
import type { Snowflake } from "@hearth/core"
import { Faces, Tooltip } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useMemo } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { useBootstrap } from "../gateway/index.ts"
import { usePeople } from "../message/services.tsx"
import { shortNames } from "./short-names.ts"
import { useViewers } from "./use-liveliness.ts"

const nobody: readonly Snowflake[] = []

/** The people who have this channel open, oneself among them; null while one is alone. */
const useCompany = (channelId: Snowflake) => {
  const viewers = useViewers(channelId)
  const me = useBootstrap((b) => b.me.id)
  // Whoever is invisible reads along without being counted.
  const mine = useBootstrap((b) => (b.status?.state === "invisible" ? 0 : 1))
  const others = useMemo(() => viewers?.userIds.filter((id) => id !== me) ?? nobody, [viewers, me])
  const people = usePeople(others)
  return viewers && viewers.count > mine ? { count: viewers.count, people, mine } : null
}

/** Faces before the number: up to four who read along, and how many there are. Leads to the members. */
export const WhoIsHere = ({ channelId, onOpen }: { channelId: Snowflake; onOpen: () => void }) => {
  const company = useCompany(channelId)
  const t = useTranslations("shell.here")
  const { list } = useFormats()
  if (!company) return null
  const { count, people, mine } = company
  const named = [...shortNames(people.map((p) => p.displayName)), ...(mine ? [t("you")] : [])]
  const rest = count - named.length
  const label = t("names", { n: count, names: list(rest > 0 ? [...named, t("others", { n: rest })] : named) })
  return (
    <Tooltip label={label} side="bottom">
      <button type="button" className="reading" aria-label={label} onClick={onOpen}>
        {people.length > 0 && (
          <Faces people={people.map((p) => ({ id: p.id, name: p.displayName, portrait: p.portrait }))} size={24} />
        )}
        <span className="hint only-wide">{t("count", { n: count })}</span>
      </button>
    </Tooltip>
  )
}

/** Under the name on a phone, where beside the faces there is no room for the number. */
export const HowManyAreHere = ({ channelId }: { channelId: Snowflake }) => {
  const company = useCompany(channelId)
  const t = useTranslations("shell.here")
  if (!company) return null
  // The faces beside it say the same by their name.
  return (
    <span className="hint clip only-narrow" aria-hidden="true">
      {t("count", { n: company.count })}
    </span>
  )
}
