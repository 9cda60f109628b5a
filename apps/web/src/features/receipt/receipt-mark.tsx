"use client"
import "./receipt.css"
import type { Message } from "@hearth/core"
import { Faces } from "@hearth/ui"
import { CheckIcon } from "@phosphor-icons/react/dist/ssr/Check"
import { ChecksIcon } from "@phosphor-icons/react/dist/ssr/Checks"
import { useTranslations } from "next-intl"
import { useBootstrap } from "../gateway/provider.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import type { Mark, Reached } from "./marks.ts"
import { useMark } from "./use-receipts.ts"

const SHOWN = 3

const Sign = ({ reached }: { reached: Reached }) =>
  reached === "sent" ? (
    <CheckIcon className="i s" weight="bold" aria-hidden="true" />
  ) : (
    <ChecksIcon className="i s" weight="bold" aria-hidden="true" />
  )

/** How far a message of one's own has come, beside the newest that came so far. */
export const ReceiptMark = ({ message: { channelId, seq } }: { message: Message }) => {
  const t = useTranslations("receipt")
  const isGroup = useBootstrap((b) => b.guilds.find((g) => g.guild.id === channelId)?.conversation?.kind === "group")
  const mark = useMark(channelId, seq, isGroup)
  if (!mark) return null
  if (isGroup) return <GroupMark channelId={channelId} seq={seq} mark={mark} />
  const { reached } = mark
  return (
    reached && (
      <span className="receipt" data-reached={reached} role="img" aria-label={t(reached)} title={t(reached)}>
        <Sign reached={reached} />
      </span>
    )
  )
}

/** In a group also who has read up to there, and the way to all names. */
const GroupMark = ({ mark, ...of }: { channelId: string; seq: number; mark: Mark }) => {
  const t = useTranslations("receipt")
  const ask = useAsk()
  const { reached, readers, read, delivered } = mark
  const said = read > 0 ? t("readBy", { n: read, of: mark.of }) : t("deliveredTo", { n: delivered, of: mark.of })
  const more = readers.length - SHOWN
  return (
    <button
      type="button"
      className="receipt"
      data-reached={reached ?? undefined}
      aria-label={delivered > 0 ? said : t("sent")}
      title={delivered > 0 ? said : t("sent")}
      onClick={() => ask({ kind: "receipts", ...of })}
    >
      {readers.length > 0 && (
        <Faces
          people={readers.map((p) => ({ id: p.id, name: p.displayName, portrait: p.portrait }))}
          size={18}
          max={SHOWN}
        />
      )}
      {more > 0 && <span aria-hidden="true">+{more}</span>}
      {reached && <Sign reached={reached} />}
    </button>
  )
}
