"use client"
import type { Message, Preview } from "@hearth/core"
import { IconButton, useToast, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useErrorText } from "../../i18n/error-text.ts"
import { useGateway } from "../gateway/provider.tsx"
import type { RowContext } from "../message/row-context.ts"
import { useServices } from "../message/services.tsx"
import { toAppError } from "../trpc/client.ts"

interface Props {
  preview: Preview
  message: Message
  context: RowContext
  /** All cards of a message go together: the first has the button. */
  first: boolean
}

/** What a page says of itself. All of it leads there, and nothing of it comes from there. */
export const PreviewCard = ({ preview, message, context, first }: Props) => {
  const { url, site, title, text, picture } = preview
  const t = useTranslations("message")
  const client = useGateway()
  const { history } = useServices()
  const { complain } = useToast()
  const textOf = useErrorText()
  const { channelId, seq, authorId, previews = [] } = message

  const remove = async () => {
    try {
      const { message: changed } = await client.request("preview:remove", { channelId, seq })
      history.changed(changed)
    } catch (error) {
      complain(textOf(toAppError(error)))
    }
  }
  return (
    <>
      <a className="preview-link" href={url} title={url} target="_blank" rel="noopener noreferrer nofollow">
        <span className="preview-words">
          <span className="preview-site clip" dir="auto">
            {site}
          </span>
          {title && (
            <b className="clip" dir="auto">
              {title}
            </b>
          )}
          {text && (
            <span className="preview-text" dir="auto">
              {text}
            </span>
          )}
        </span>
        {picture && (
          // oxlint-disable-next-line nextjs/no-img-element -- it is as small as it is drawn, and of nobody else
          <img
            src={`/api/preview/${picture.id}/picture`}
            width={picture.width}
            height={picture.height}
            alt=""
            loading="lazy"
            decoding="async"
          />
        )}
      </a>
      {first && (context.canModerate || authorId === context.me) && (
        <IconButton
          className="preview-remove"
          label={t("removePreviews", { n: previews.length })}
          icon={<XIcon className="i s" aria-hidden="true" />}
          onClick={(event) => {
            // It goes with what it takes away.
            event.currentTarget.closest<HTMLElement>("article")?.focus({ preventScroll: true })
            void remove()
          }}
        />
      )}
    </>
  )
}
