"use client"

import { Button, WarningCircleIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useSentence } from "../../i18n/error-text.ts"
import { useConnection } from "../gateway/provider.tsx"
import { toNamed } from "./names.ts"
import type { Outgoing } from "./outgoing-queue.ts"
import { useNameOf, useServices } from "./services.tsx"

/** Takes it out of the queue, to be changed where it was typed, or for good. */
const useTakeBack = (outgoing: Outgoing) => {
  const { queue, drafts } = useServices()
  const nameOf = useNameOf()
  const refused = outgoing.phase === "refused"
  const drop = () => (refused ? queue.take(outgoing.nonce) : queue.cancel(outgoing.nonce))
  const edit = async () => {
    const row = await drop()
    if (!row) return
    // Chosen by hand: it is what stands in the field now.
    drafts.set(row.channelId, { editing: null })
    drafts.putBack(row.channelId, { ...toNamed(row.content, nameOf), replyTo: row.replyTo })
  }
  return { retry: () => void queue.retry(outgoing.nonce), edit: () => void edit(), drop: () => void drop() }
}

const TakeBack = ({ edit, drop }: Pick<ReturnType<typeof useTakeBack>, "edit" | "drop">) => {
  const t = useTranslations("message")
  return (
    <>
      <Button size="small" look="bare" onClick={edit}>
        {t("edit")}
      </Button>
      <Button size="small" look="bare" onClick={drop}>
        {t("delete")}
      </Button>
    </>
  )
}

/** What can be done with a message that waits. */
export const WaitingActs = ({ outgoing }: { outgoing: Outgoing }) => {
  const online = useConnection().status === "online"
  const tCommon = useTranslations("common")
  const acts = useTakeBack(outgoing)
  return (
    <>
      {online && (
        <Button size="small" look="bare" onClick={acts.retry}>
          {tCommon("tryAgain")}
        </Button>
      )}
      <TakeBack {...acts} />
    </>
  )
}

export const Refused = ({ outgoing }: { outgoing: Outgoing }) => {
  const t = useTranslations("message")
  const tCommon = useTranslations("common")
  const say = useSentence()
  const acts = useTakeBack(outgoing)
  return (
    <div className="note">
      <WarningCircleIcon className="i s" weight="fill" aria-hidden="true" />
      <span>{t("notSent", { reason: outgoing.reason === undefined ? t("refused") : say(outgoing.reason) })}</span>
      <Button size="small" look="danger-quiet" onClick={acts.retry}>
        {tCommon("tryAgain")}
      </Button>
      <TakeBack {...acts} />
    </div>
  )
}
