"use client"
import "./later.css"
import { EmptyState, onDemand, Segmented, useOnDemand, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { isByTouch } from "../shell/by-touch.ts"
import { useAsk } from "../shell/dialogs.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { DrawerButton } from "../shell/drawer-button.tsx"
import { useListKeys } from "../shell/use-list-keys.ts"
import { useSaved } from "./use-saved.ts"

// Seldom looked at, and not part of the pages that have this room.
const rows = onDemand(() => import("./saved-row.tsx"))
const scheduling = onDemand(() => import("../schedule/scheduled-list.tsx"))

type Which = "waiting" | "scheduled" | "done"

/** What one wants to come back to, over all servers. */
export const LaterRoom = ({ scheduled = false }: { scheduled?: boolean | undefined }) => {
  const t = useTranslations("later")
  const [which, setWhich] = useState<Which>(scheduled ? "scheduled" : "waiting")
  const tShell = useTranslations("shell")
  const { complain } = useToast()
  const loaded = useOnDemand(scheduling, which === "scheduled", () => complain(tShell("needsConnection")))
  return (
    <main className="room later" id="room" tabIndex={-1} aria-label={t("title")}>
      <header className="bar">
        <DrawerButton />
        <div className="where">
          <h1 className="clip">{t("title")}</h1>
        </div>
        <span className="grow" />
        <Segmented
          label={t("which")}
          value={which}
          options={(["waiting", "scheduled", "done"] as const).map((value) => ({ value, label: t(value) }))}
          onChange={setWhich}
        />
      </header>
      {which === "scheduled" ? loaded && <loaded.ScheduledList /> : <SavedList key={which} done={which === "done"} />}
    </main>
  )
}

const SavedList = ({ done }: { done: boolean }) => {
  const t = useTranslations("later")
  const ask = useAsk()
  const listKeys = useListKeys()
  const { list, setDone, remove } = useSaved(done)
  const some = (list.items?.length ?? 0) > 0
  const drawn = useOnDemand(rows, some, () => {})
  if (list.items?.length === 0 && !list.error)
    return (
      <EmptyState title={done ? t("emptyDone") : t("emptyWaiting")}>
        {t(done ? "emptyDoneLead" : isByTouch() ? "emptyWaitingTouch" : "emptyWaitingLead")}
      </EmptyState>
    )
  return (
    <div className="saved-list" {...listKeys}>
      <div className="col">
        <PagedList
          paged={some && !drawn ? { ...list, items: null } : list}
          label={done ? t("done") : t("waiting")}
          loadingLabel={t("loading")}
          empty={null}
          row={(item) =>
            drawn && (
              <drawn.SavedRow
                key={`${item.channelId}/${item.seq}`}
                item={item}
                onDone={() => setDone(item)}
                onRemind={() => ask({ kind: "later", channelId: item.channelId, seq: item.seq })}
                onRemove={() => remove(item)}
              />
            )
          }
        />
      </div>
    </div>
  )
}
