"use client"
import "./beside.css"
import type { Message, Snowflake } from "@hearth/core"
import { Button } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { type ReactNode, useEffect, useId, useState } from "react"
import { composerOf } from "../message/composer-of.ts"
import type { Draft } from "../message/drafts.ts"
import { useMessage, useSaid, useServices } from "../message/services.tsx"
import { trpc } from "../trpc/client.ts"

const LENGTH = 1_000

/** What stands beside one's own text, above the field: the writer chooses, and goes on writing. */
const Beside = ({
  title,
  said,
  role,
  children,
}: {
  title: string
  said?: string
  role: "status" | "alert"
  children: ReactNode
}) => {
  const id = useId()
  return (
    <div className="beside" role="group" aria-labelledby={id}>
      <p id={id} role={role}>
        {title}
      </p>
      {said !== undefined && (
        <p className="said" dir="auto">
          {said}
        </p>
      )}
      <div className="row">{children}</div>
    </div>
  )
}

/** The draft that another device wrote while this one was typed into. */
export const OtherDraft = ({ channelId, other }: { channelId: Snowflake; other: NonNullable<Draft["other"]> }) => {
  const t = useTranslations("draft")
  const { draftSync } = useServices()
  const choose = (how: "use" | "below" | "discard") => () => {
    draftSync.get()?.resolve(channelId, how)
    composerOf(channelId)?.focus()
  }
  return (
    <Beside title={t("other")} said={other.text.slice(0, LENGTH)} role="status">
      <Button size="small" onClick={choose("use")}>
        {t("use")}
      </Button>
      <Button size="small" onClick={choose("below")}>
        {t("below")}
      </Button>
      <Button size="small" look="bare" onClick={choose("discard")}>
        {t("discard")}
      </Button>
    </Beside>
  )
}

/** The message as it is now: what is on the screen, or what the server has, whichever is the newer. */
const useNow = (channelId: Snowflake, seq: number, version: number): Message | undefined => {
  const { history } = useServices()
  const shown = useMessage(channelId, seq)
  const [asked, setAsked] = useState<Message>()
  useEffect(() => {
    let looks = true
    trpc.message.page.query({ channelId, after: seq - 1, limit: 1 }).then(
      ({ page }) => {
        const message = page.messages.find((m) => m.seq === seq)
        if (!message || !looks) return
        history.changed(message)
        setAsked(message)
      },
      () => {
        // Then it is told live.
      },
    )
    return () => {
      looks = false
    }
  }, [history, channelId, seq, version])
  return asked && asked.mver > (shown?.mver ?? -1) ? asked : shown
}

/** An edit that came too late: what the message says now. */
export const EditConflict = ({
  channelId,
  seq,
  version,
  problem,
  busy,
  onSave,
  onKeep,
}: {
  channelId: Snowflake
  seq: number
  /** The one that was to be replaced, and is not there any more. */
  version: number
  /** Said until it is known. */
  problem: string | null
  busy: boolean
  onSave: (version: number) => void
  onKeep: () => void
}) => {
  const t = useTranslations("draft")
  const now = useNow(channelId, seq, version)
  const said = useSaid(now?.content ?? "", LENGTH)
  if (!now || now.version <= version)
    return (
      <p className="help bad" role="alert">
        {problem}
      </p>
    )
  return (
    <Beside title={now.deleted ? t("gone") : t("changed")} role="alert" {...(!now.deleted && { said })}>
      {!now.deleted && (
        <Button size="small" busy={busy} onClick={() => onSave(now.version)}>
          {t("saveMine")}
        </Button>
      )}
      <Button size="small" look="bare" onClick={onKeep}>
        {t("keepTheirs")}
      </Button>
    </Beside>
  )
}
