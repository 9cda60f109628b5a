"use client"
import type { UserCard } from "@hearth/core"
import { MenuItem } from "@hearth/ui"
import { FlagIcon } from "@phosphor-icons/react/dist/ssr/Flag"
import { ProhibitIcon } from "@phosphor-icons/react/dist/ssr/Prohibit"
import { useTranslations } from "next-intl"
import { trpc } from "../trpc/index.ts"
import { useAnswer } from "./use-answer.ts"

/** What one does about a request that is not right. Loaded with its menu. */
export const AskItems = ({
  user: { id: userId, displayName: name },
  onReport,
}: {
  user: UserCard
  onReport: () => void
}) => {
  const tTalk = useTranslations("conversation")
  const tReport = useTranslations("report")
  const answer = useAnswer()
  return (
    <>
      <MenuItem
        icon={<ProhibitIcon className="i" aria-hidden="true" />}
        onSelect={() =>
          void answer(trpc.conversation.block.mutate({ userId, blocked: true }), tTalk("blockedNow", { name }))
        }
      >
        {tTalk("block", { name })}
      </MenuItem>
      <MenuItem icon={<FlagIcon className="i" aria-hidden="true" />} onSelect={onReport}>
        {tReport("reportNamed", { name })}
      </MenuItem>
    </>
  )
}
