"use client"
import type { Snowflake } from "@hearth/core"
import { MenuItem, ShieldCheckIcon, useToast } from "@hearth/ui"
import { ChatsTeardropIcon } from "@phosphor-icons/react/dist/ssr/ChatsTeardrop"
import { useTranslations } from "next-intl"
import { useErrorText } from "../../i18n/error-text.ts"
import { useChannel, useServices } from "../message/services.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { toAppError, trpc } from "../trpc/client.ts"
import { verify } from "./verify.ts"

/** What can be known of the open channel. Loaded with its menu. */
export const ChannelMenuItems = ({ channelId }: { channelId: Snowflake }) => {
  const t = useTranslations("complete")
  const tThread = useTranslations("thread")
  const ask = useAsk()
  const { history } = useServices()
  const { say, complain } = useToast()
  const textOf = useErrorText()
  const { view } = useChannel(channelId)
  const check = async () => {
    try {
      const mended = await verify({
        channelId,
        view: () => history.state(channelId).view,
        mvers: (input) => trpc.message.mvers.query(input),
        page: (input) => trpc.message.page.query(input),
        changed: history.changed,
        resume: () => history.retry(channelId),
      })
      say(mended === 0 ? t("everything") : t("mended", { n: mended }))
    } catch (error) {
      complain(textOf(toAppError(error)))
    }
  }
  const known = view.span !== null && view.waiting.length === 0
  return (
    <>
      <MenuItem
        icon={<ChatsTeardropIcon className="i" aria-hidden="true" />}
        onSelect={() => ask({ kind: "threads", channelId })}
      >
        {tThread("all")}
      </MenuItem>
      <MenuItem
        icon={<ShieldCheckIcon className="i" aria-hidden="true" />}
        disabled={!known}
        onSelect={() => void check()}
      >
        <span className="grow">{known ? t("upTo", { n: view.span?.to ?? 0 }) : t("notYet")}</span>
        {known && <span className="quiet">{t("verify")}</span>}
      </MenuItem>
    </>
  )
}
