"use client"
import "../act/act.css"
import "./receipt.css"
import type { PersonReceipt, Snowflake } from "@hearth/core"
import { Dialog } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { PersonFace } from "../presence/person-face.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { writtenTo } from "./marks.ts"
import { useReceipts } from "./use-receipts.ts"

type Props = DialogState & { channelId: Snowflake; seq: number }

/** Who of a group has read a message, whom it has reached, and who has yet to get it. A group has at most 100 people. */
export const ReceiptsDialog = ({ channelId, seq, ...state }: Props) => {
  const t = useTranslations("receipt")
  const those = writtenTo(useReceipts(channelId) ?? [], seq)
  const read = those.filter((p) => p.read >= seq)
  const delivered = those.filter((p) => p.delivered >= seq && p.read < seq)
  const sent = those.filter((p) => p.delivered < seq)
  return (
    <Dialog {...state} title={t("title")}>
      {/* A list that scrolls must be reachable by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="act-scroll receipt-people" role="group" aria-label={t("title")} tabIndex={0}>
        <People title={t("readers")} people={read} />
        <People title={t("receivers")} people={delivered} />
        <People title={t("waiting")} people={sent} />
      </div>
    </Dialog>
  )
}

const People = ({ title, people }: { title: string; people: readonly PersonReceipt[] }) =>
  people.length > 0 && (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul aria-label={title}>
        {people.map(({ user }) => (
          <li key={user.id} className="person">
            <PersonFace user={user} />
            <span className="clip" dir="auto">
              {user.displayName}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
