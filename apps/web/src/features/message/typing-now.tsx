"use client"
import type { Snowflake } from "@hearth/core"
import { Faces } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { shortNames } from "../presence/short-names.ts"
import { usePeople } from "./services.tsx"

/** Their faces, and that they write. */
export const TypingNow = ({ userIds }: { userIds: readonly Snowflake[] }) => {
  const t = useTranslations("message.typing")
  const tCommon = useTranslations("common")
  const cards = usePeople(userIds)
  const people = userIds.map((id) => {
    const card = cards.find((c) => c.id === id)
    return { id, name: card?.displayName ?? tCommon("somebody"), portrait: card?.portrait }
  })
  const [first = "", second = ""] = shortNames(people.map((p) => p.name))
  const rest = people.length - 2
  return (
    <div className="typing">
      <Faces people={people} max={3} />
      <span className="clip">
        {rest < 0
          ? t("one", { name: first })
          : rest === 0
            ? t("two", { first, second })
            : t("more", { first, second, rest })}
      </span>
      <span className="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </div>
  )
}
