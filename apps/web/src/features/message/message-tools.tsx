"use client"

import type { Message } from "@hearth/core"
import { Button, CopyIcon, IconButton, PencilSimpleIcon, TrashIcon, useToast } from "@hearth/ui"
import { ArrowBendUpLeftIcon } from "@phosphor-icons/react/dist/ssr/ArrowBendUpLeft"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { useGateway } from "../gateway/provider.tsx"
import { toAppError } from "../trpc/client.ts"
import { hrefOf, type RowContext } from "./row-context.ts"
import { useServices } from "./services.tsx"

export const MessageTools = ({ message, context }: { message: Message; context: RowContext }) => {
  const { drafts, history } = useServices()
  const client = useGateway()
  const { say, complain } = useToast()
  const t = useTranslations("message")
  const textOf = useErrorText()
  const [confirming, setConfirming] = useState(false)
  const mine = message.authorId === context.me
  const { channelId, seq } = message

  const copyLink = async () => {
    const url = new URL(hrefOf(context, seq), window.location.href).href
    try {
      await navigator.clipboard.writeText(url)
      say(t("linkCopied"))
    } catch {
      complain(t("cannotCopy", { url }))
    }
  }
  const remove = async () => {
    try {
      const { message: changed } = await client.request("message:delete", { channelId, seq })
      history.changed(changed)
    } catch (error) {
      complain(textOf(toAppError(error)))
    }
  }
  return (
    <div className="tools" role="toolbar" aria-label={t("tools")}>
      <IconButton
        small
        label={t("reply")}
        keys="R"
        data-tool="reply"
        aria-keyshortcuts="R"
        icon={<ArrowBendUpLeftIcon className="i s" aria-hidden="true" />}
        onClick={() => drafts.set(channelId, { replyTo: seq, editing: null })}
      />
      <IconButton
        small
        label={t("copyLink")}
        keys="C"
        data-tool="copy"
        aria-keyshortcuts="C"
        icon={<CopyIcon className="i s" aria-hidden="true" />}
        onClick={copyLink}
      />
      {mine && (
        <IconButton
          small
          label={t("edit")}
          keys="E"
          data-tool="edit"
          aria-keyshortcuts="E"
          icon={<PencilSimpleIcon className="i s" aria-hidden="true" />}
          onClick={() =>
            drafts.set(channelId, { editing: { seq, version: message.version, text: message.content }, replyTo: null })
          }
        />
      )}
      {(mine || context.canModerate) &&
        (confirming ? (
          <Button
            size="small"
            look="danger-quiet"
            onClick={remove}
            onBlur={() => setConfirming(false)}
            ref={(b) => b?.focus()}
          >
            {t("deleteIt")}
          </Button>
        ) : (
          <IconButton
            small
            label={t("delete")}
            keys="Del"
            data-tool="delete"
            aria-keyshortcuts="Delete"
            icon={<TrashIcon className="i s" aria-hidden="true" />}
            onClick={() => setConfirming(true)}
          />
        ))}
    </div>
  )
}
