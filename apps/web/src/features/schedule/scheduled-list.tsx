"use client"
import { EmptyState } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useAsk } from "../shell/dialogs.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { useListKeys } from "../shell/use-list-keys.ts"
import { ScheduledRow } from "./scheduled-row.tsx"
import { useScheduled } from "./use-scheduled.ts"

/** What the server will send for one, over all servers: the next first. */
export const ScheduledList = () => {
  const t = useTranslations("schedule")
  const ask = useAsk()
  const listKeys = useListKeys()
  const { list, sendNow, cancel } = useScheduled()
  if (list.items?.length === 0 && !list.error) return <EmptyState title={t("empty")}>{t("emptyLead")}</EmptyState>
  return (
    <div className="saved-list" {...listKeys}>
      <div className="col">
        <PagedList
          paged={list}
          label={t("title")}
          loadingLabel={t("loading")}
          empty={null}
          row={(item) => (
            <ScheduledRow
              key={item.id}
              item={item}
              onSendNow={() => sendNow(item)}
              onChange={() => ask({ kind: "schedule", channelId: item.channelId, item })}
              onCancel={() => cancel(item)}
            />
          )}
        />
      </div>
    </div>
  )
}
