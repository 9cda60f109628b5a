"use client"
import type { Snowflake } from "@hearth/core"
import { Faces } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useFormats } from "../../i18n/formats.ts"
import { usePeople } from "../message/services.tsx"
import { shortNames } from "./short-names.ts"
import { useWriters } from "./use-liveliness.ts"

/** In the row of a lively channel: who wrote there lately. */
export const WritersFaces = ({ channelId, max = 3 }: { channelId: Snowflake; max?: number }) => {
  const people = usePeople(useWriters(channelId))
  const t = useTranslations("channel")
  const { list } = useFormats()
  if (people.length === 0) return null
  const names = list(shortNames(people.map((p) => p.displayName)))
  return (
    <Faces
      people={people.map((p) => ({ id: p.id, name: p.displayName, portrait: p.portrait }))}
      label={t("lately", { names })}
      max={max}
    />
  )
}
