"use client"

import { Face } from "@hearth/ui"
import { ArrowBendUpLeftIcon } from "@phosphor-icons/react/dist/ssr/ArrowBendUpLeft"
import { useTranslations } from "next-intl"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { hrefOf, type RowContext } from "./row-context.ts"
import { useMessage, useSaid, useUser } from "./services.tsx"

/** What the message answers, in one line that leads there. */
export const Answered = ({ context, seq }: { context: RowContext; seq: number }) => {
  const t = useTranslations("message")
  const tCommon = useTranslations("common")
  const answered = useMessage(context.channelId, seq)
  const href = hrefOf(context, seq)
  const { user } = useUser(answered?.authorId ?? "0")
  const said = useSaid(answered?.content ?? "")
  return (
    <Link className="quote" href={href} onNavigate={goTo(href)}>
      <ArrowBendUpLeftIcon className="i" aria-hidden="true" />
      {answered && !answered.deleted ? (
        <>
          <Face
            id={answered.authorId}
            name={user?.displayName ?? tCommon("somebody")}
            portrait={user?.portrait}
            size={18}
          />
          <b dir="auto">{user?.displayName ?? tCommon("somebody")}</b>
          <span className="clip" dir="auto">
            {said}
          </span>
        </>
      ) : (
        <span className="clip">{answered?.deleted ? t("deleted") : t("numbered", { seq: String(seq) })}</span>
      )}
    </Link>
  )
}
