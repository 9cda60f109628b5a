"use client"
import { Bone, Button } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Complaint } from "./complaint.tsx"
import type { Paged } from "./use-paged.ts"

/** Rows of a paged list: bones at first, what failed says so, more on demand. */
export const PagedList = <T,>({
  paged,
  label,
  loadingLabel,
  empty,
  row,
}: {
  paged: Paged<T>
  label: string
  loadingLabel: string
  empty: ReactNode
  row: (item: T) => ReactNode
}) => {
  const { items, error, hasMore, loading, more, again } = paged
  const t = useTranslations("common")
  return (
    <>
      {items === null && !error && (
        <div className="rows bones" role="status" aria-label={loadingLabel}>
          {[3, 2, 3].map((width, i) => (
            <div className="line" key={i}>
              <Bone width={width as 2 | 3} />
            </div>
          ))}
        </div>
      )}
      {items !== null && items.length > 0 && (
        <ul className="rows" aria-label={label}>
          {items.map(row)}
        </ul>
      )}
      {items !== null && items.length === 0 && <p className="soft">{empty}</p>}
      <Complaint error={error} retry={again} />
      {hasMore && !error && (
        <Button busy={loading} onClick={more}>
          {t("showMore")}
        </Button>
      )}
    </>
  )
}
