"use client"
import type { Snowflake } from "@hearth/core"
import { useTranslations } from "next-intl"
import { usePreciseTime } from "../../i18n/precise-time.ts"
import { isoTime } from "../message/times.ts"
import { PagedList } from "../shell/paged-list.tsx"
import { usePaged } from "../shell/use-paged.ts"
import { trpc } from "../trpc/index.ts"

/** When each version was written. `version` is the newest: another one is another list. */
export const VersionTimes = ({ channelId, seq, version }: { channelId: Snowflake; seq: number; version: number }) => {
  const t = useTranslations("admin.trace.step")
  const tAct = useTranslations("act")
  const precise = usePreciseTime()
  const times = usePaged(["versions", channelId, String(seq), String(version)], (cursor) =>
    trpc.trace.versions.query({ channelId, seq, cursor, limit: 10 }),
  )
  return (
    <PagedList
      paged={times}
      label={t("edited")}
      loadingLabel={tAct("loading")}
      empty={null}
      row={(one) => (
        <li key={one.version}>
          <span className="hint">{t("version", { version: one.version })}</span>
          <time dateTime={isoTime(one.writtenAt)}>{precise(one.writtenAt)}</time>
        </li>
      )}
    />
  )
}
