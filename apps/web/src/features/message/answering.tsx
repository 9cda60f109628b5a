"use client"
import type { Snowflake } from "@hearth/core"
import { IconButton, XIcon } from "@hearth/ui"
import { ArrowBendUpLeftIcon } from "@phosphor-icons/react/dist/ssr/ArrowBendUpLeft"
import { useTranslations } from "next-intl"
import { useSaid, useServices, useUser } from "./services.tsx"

/** What one answers, above the field. */
export const Answering = ({
  channelId,
  seq,
  onCancel,
}: {
  channelId: Snowflake
  seq: number
  onCancel: () => void
}) => {
  const t = useTranslations("message.composer")
  const { history } = useServices()
  const { view } = history.state(channelId)
  const message = view.span ? view.messages[seq - view.span.from] : undefined
  const { user } = useUser(message?.authorId ?? "0")
  const text = useSaid(message?.content ?? "")
  return (
    <div className="above">
      <ArrowBendUpLeftIcon className="i s" aria-hidden="true" />
      <span className="clip grow">
        {t.rich("answering", {
          b: (name) => <b>{name}</b>,
          name: user?.displayName ?? t("answeringNumber", { seq: String(seq) }),
          text,
        })}
      </span>
      <IconButton
        small
        label={t("doNotAnswer")}
        icon={<XIcon className="i xs" aria-hidden="true" />}
        onClick={onCancel}
      />
    </div>
  )
}
