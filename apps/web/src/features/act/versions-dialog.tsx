"use client"
import type { Snowflake } from "@hearth/core"
import { Dialog, Tag } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useFormats } from "../../i18n/formats.ts"
import { isoTime } from "../message/times.ts"
import { Markdown } from "../message/markdown/markdown.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { trpc } from "../trpc/index.ts"
import "./act.css"
import { useList } from "./use-list.ts"

type Props = DialogState & { channelId: Snowflake; seq: number }

/** What a message says, and all that it said before. */
export const VersionsDialog = ({ channelId, seq, ...state }: Props) => {
  const t = useTranslations("act")
  const formats = useFormats()
  const versions = useList((cursor) => trpc.message.versions.query({ channelId, seq, cursor, limit: 20 }))
  const newest = versions.items?.[0]?.version
  return (
    <Dialog {...state} title={t("history")}>
      {/* A list that scrolls must be reachable by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="act-scroll" role="group" aria-label={t("history")} tabIndex={0}>
        <PagedList
          paged={versions}
          label={t("history")}
          loadingLabel={t("loading")}
          empty={t("nobody")}
          row={({ version, content, writtenAt }) => (
            <li key={version} className="act-message">
              <div className="grow">
                <p className="hint row">
                  <time dateTime={isoTime(writtenAt)}>{formats.full(writtenAt)}</time>
                  {version === newest && <Tag>{t("now")}</Tag>}
                  {version === 1 && <Tag>{t("first")}</Tag>}
                </p>
                <Markdown content={content} />
              </div>
            </li>
          )}
        />
      </div>
    </Dialog>
  )
}
