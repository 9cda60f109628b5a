"use client"
import { Button, EmptyState } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useMemo } from "react"
import { PagedList } from "../shell/paged-list.tsx"
import { useListKeys } from "../shell/use-list-keys.ts"
import { FriendRow } from "./friend-row.tsx"
import { useFriends, usePresences } from "./use-friends.ts"

/** Of so many people at once a gateway tells one connection how they are; some are on screen beside the list. */
const MAX_LOOKED_AT = 180
const isHere = new Set(["online", "phone", "idle", "dnd"])

interface Props {
  onAdd: () => void
}

const NoFriends = ({ onAdd }: Props) => {
  const t = useTranslations("friend")
  return (
    <EmptyState
      title={t("none")}
      actions={
        <Button look="ember" onClick={onAdd}>
          {t("addFirst")}
        </Button>
      }
    >
      {t("noneLead")}
    </EmptyState>
  )
}

export const AllFriends = ({ onAdd }: Props) => {
  const t = useTranslations("friend")
  const paged = useFriends()
  const listKeys = useListKeys()
  if (paged.items?.length === 0 && !paged.error) return <NoFriends onAdd={onAdd} />
  return (
    <div className="col" {...listKeys}>
      <PagedList
        paged={paged}
        label={t("all")}
        loadingLabel={t("loading")}
        empty={null}
        row={(user) => <FriendRow key={user.id} user={user} />}
      />
    </div>
  )
}

/** Those who are here now: of all that are looked at. */
export const FriendsHere = ({ onAdd }: Props) => {
  const t = useTranslations("friend")
  const paged = useFriends()
  const { items, hasMore, loading, more, error } = paged
  const known = items?.length ?? 0
  useEffect(() => {
    if (hasMore && !loading && !error && known < MAX_LOOKED_AT) more()
  }, [hasMore, loading, error, known, more])
  const ids = useMemo(() => (items ?? []).slice(0, MAX_LOOKED_AT).map((user) => user.id), [items])
  const presences = usePresences(ids)
  const here = items && items.filter((_, i) => isHere.has(presences[i] ?? ""))
  const listKeys = useListKeys()
  // Until it is known of each, nobody is said to be away.
  const nobody = here?.length === 0
  const asked = nobody && presences.includes(undefined)
  const quiet = nobody && !asked && !error
  if (items?.length === 0 && !error) return <NoFriends onAdd={onAdd} />
  if (quiet && presences.includes("unknown")) return <EmptyState title={t("hereUnknown")} />
  if (quiet) return <EmptyState title={t("nobodyHere")}>{t("nobodyHereLead")}</EmptyState>
  return (
    <div className="col" {...listKeys}>
      <PagedList
        paged={{ ...paged, items: asked ? null : here, hasMore: false }}
        label={t("here")}
        loadingLabel={t("loading")}
        empty={null}
        row={(user) => <FriendRow key={user.id} user={user} />}
      />
    </div>
  )
}
