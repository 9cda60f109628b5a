"use client"

import { Banner, Bone, Button, CloudSlashIcon, EmptyState, RoundBone, Skeleton } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { focusComposer } from "./focus-composer.ts"

/** Stands for messages that are on their way. */
export const Bones = () => (
  <Skeleton label={useTranslations("message")("loading")}>
    {[
      [1, 3, 2],
      [1, 4],
      [1, 2, 4, 1],
      [1, 3],
      [1, 4, 2],
    ].map((widths, i) => (
      <div key={i} className="msg col">
        <RoundBone />
        <div className="body">
          {widths.map((w, j) => (
            <Bone key={j} width={w as 1 | 2 | 3 | 4} />
          ))}
        </div>
      </div>
    ))}
  </Skeleton>
)

export const NotLoaded = ({
  onRetry,
  what,
}: {
  onRetry: () => void
  what: "messages" | "older" | "newer" | "linked"
}) => {
  const t = useTranslations("message.notLoaded")
  const tCommon = useTranslations("common")
  return (
    <div className="col not-loaded">
      <Banner
        tone="warn"
        icon={<CloudSlashIcon className="i" aria-hidden="true" />}
        title={t(what)}
        action={
          <Button size="small" onClick={onRetry}>
            {tCommon("tryAgain")}
          </Button>
        }
      >
        {t(what === "linked" ? "linkedSafe" : "safe")}
      </Banner>
    </div>
  )
}

interface FreshProps {
  name: string
  topic: string
  mayWrite: boolean
  intro: ReactNode
  /** Says what it is for: there is no topic yet, and the reader may give one. */
  onTopic: (() => void) | undefined
}

/** What the channel is for, and the one next step. */
export const Fresh = ({ name, topic, mayWrite, intro, onTopic }: FreshProps) => {
  const t = useTranslations("message")
  const said = { b: (text: ReactNode) => <b>{text}</b>, channel: name }
  return (
    <EmptyState
      title={t("fresh")}
      actions={
        intro ??
        (mayWrite && (
          <Button look="ember" onClick={() => focusComposer()}>
            {t("writeFirst")}
          </Button>
        ))
      }
    >
      {topic ? t.rich("freshTopic", { ...said, topic }) : t.rich("freshLead", said)}
      {onTopic && (
        <>
          <br />
          <Button look="bare" size="small" onClick={onTopic}>
            {t("sayTopic")}
          </Button>
        </>
      )}
    </EmptyState>
  )
}
