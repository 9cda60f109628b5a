"use client"
import type { UserCard } from "@hearth/core"
import { Button, Face } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useList } from "../act/use-list.ts"
import { PagedList } from "../shell/paged-list.tsx"
import { useKeptFocus } from "../shell/use-kept-focus.ts"
import type { Paged } from "../shell/use-paged.ts"
import { trpc } from "../trpc/index.ts"
import { useAnswer } from "./use-answer.ts"

/** Whom one does not want to hear of. */
export const BlockedPeople = ({ empty, className }: { empty: ReactNode; className?: string }) => {
  const t = useTranslations("friend")
  const answer = useAnswer()
  const paged = useList((cursor) => trpc.conversation.blocked.query({ ...(cursor && { cursor }) }))
  const unblock = async ({ id: userId, displayName: name }: UserCard) => {
    const done = await answer(trpc.conversation.block.mutate({ userId, blocked: false }), t("unblocked", { name }))
    if (done) paged.change((all) => all.filter((user) => user.id !== userId))
  }
  const kept = useKeptFocus()
  return (
    <div className={className} ref={kept}>
      {paged.items?.length === 0 && !paged.error ? empty : <Rows {...{ paged, unblock }} />}
    </div>
  )
}

interface RowsProps {
  paged: Paged<UserCard>
  unblock: (user: UserCard) => Promise<void>
}

const Rows = ({ paged, unblock }: RowsProps) => {
  const t = useTranslations("friend")
  const tTalk = useTranslations("conversation")
  return (
    <PagedList
      paged={paged}
      label={t("blocked")}
      loadingLabel={t("loading")}
      empty={null}
      row={(user) => (
        <li className="line friend" key={user.id}>
          <Face id={user.id} name={user.displayName} portrait={user.portrait} size={32} />
          <span className="grow">
            <span className="name clip" dir="auto" title={user.displayName}>
              {user.displayName}
            </span>
          </span>
          <Button
            size="small"
            aria-label={tTalk("unblock", { name: user.displayName })}
            onClick={() => void unblock(user)}
          >
            {t("unblock")}
          </Button>
        </li>
      )}
    />
  )
}
