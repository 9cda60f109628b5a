"use client"
import type { Snowflake } from "@hearth/core"
import { Dialog, Face, IconButton, useToast, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useErrorText } from "../../i18n/error-text.ts"
import { useFormats } from "../../i18n/formats.ts"
import { Markdown } from "../message/markdown/markdown.tsx"
import { useGatewayEvent } from "../gateway/provider.tsx"
import { useMay } from "../message/index.ts"
import type { DialogState } from "../shell/dialogs.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { channelPath } from "../shell/place.ts"
import { toAppError, trpc } from "../trpc/index.ts"
import "./act.css"
import { useList } from "./use-list.ts"

type Props = DialogState & { guildId: Snowflake; channelId: Snowflake }

/** What is pinned in a channel, the newest pin first; each leads to its message. */
export const PinsDialog = ({ guildId, channelId, open, onOpenChange }: Props) => {
  const t = useTranslations("act")
  const common = useTranslations("common")
  const formats = useFormats()
  const textOf = useErrorText()
  const { complain } = useToast()
  const may = useMay(channelId)
  const pins = useList((cursor) => trpc.pin.list.query({ channelId, cursor, limit: 20 }))
  const without = (seq: number) => pins.change((all) => all.filter((pin) => pin.message.seq !== seq))
  useGatewayEvent("pin:removed", (gone) => gone.channelId === channelId && without(gone.seq))
  useGatewayEvent("pin:added", (added) => added.channelId === channelId && pins.anew())
  const unpin = async (seq: number) => {
    try {
      await trpc.pin.remove.mutate({ channelId, seq })
      without(seq)
    } catch (error) {
      complain(textOf(toAppError(error)))
    }
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("pinned")}>
      <div className="act-scroll" role="group" aria-label={t("pinned")}>
        <PagedList
          paged={pins}
          label={t("pinned")}
          loadingLabel={t("loading")}
          empty={t("noPins")}
          row={({ message, author, pinnedBy, pinnedAt }) => {
            const href = `${channelPath(guildId, channelId)}/${message.seq}`
            const name = author?.displayName ?? common("somebody")
            return (
              <li key={message.seq} className="act-message">
                <Face id={message.authorId} name={name} portrait={author?.portrait} size={28} />
                <div className="grow">
                  <Link
                    className="act-to"
                    href={href}
                    onNavigate={() => {
                      onOpenChange(false)
                      goTo(href)()
                    }}
                  >
                    <b>{name}</b> <span className="hint">{formats.full(message.createdAt)}</span>
                  </Link>
                  <Markdown content={message.content} />
                  <p className="hint">
                    {t("pinnedBy", { name: pinnedBy?.displayName ?? common("somebody"), time: formats.full(pinnedAt) })}
                  </p>
                </div>
                {may.moderate && (
                  <IconButton
                    small
                    label={t("unpin")}
                    icon={<XIcon className="i s" aria-hidden="true" />}
                    onClick={() => void unpin(message.seq)}
                  />
                )}
              </li>
            )
          }}
        />
      </div>
    </Dialog>
  )
}
