"use client"
import "./forward.css"
import { MAX_CONTENT_POINTS, type Message } from "@hearth/core"
import { Button, ChatCircleIcon, Dialog, HashIcon, TextAreaField, TextField, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useId, useMemo, useRef, useState } from "react"
import { useBootstrap, useGateway } from "../gateway/index.ts"
import { newNonce } from "../message/outgoing-queue.ts"
import { useSaid } from "../message/services.tsx"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { search } from "../shell/jump-search.ts"
import { useAction } from "../shell/use-action.ts"
import { targetsOf } from "./targets.ts"

const SHOWN = 8

/** Passes a message on to another channel, with a word of one's own or without. */
export const ForwardDialog = ({ message, open, onOpenChange }: DialogState & { message: Message }) => {
  const t = useTranslations("act")
  const client = useGateway()
  const { say } = useToast()
  const b = useBootstrap()
  const { channelId, seq, version, content } = message
  const targets = useMemo(() => targetsOf(b, channelId), [b, channelId])
  const [typed, setTyped] = useState("")
  const [wanted, setWanted] = useState<string | null>(null)
  const [comment, setComment] = useState("")
  const name = useId()
  const found = search(targets, typed, SHOWN).map((f) => f.item)
  const chosen = found.find((target) => target.id === wanted) ?? found[0]
  const { busy, error, send } = useAction((body: Parameters<typeof client.request<"message:forward">>[1]) =>
    client.request("message:forward", body),
  )
  // Pressed again it is the same message, as long as it is to say the same in the same place.
  const nonce = useRef(newNonce())
  const what = `${chosen?.id ?? ""} ${comment}`
  useEffect(() => {
    nonce.current = newNonce()
  }, [what])
  const submit = () => {
    if (!chosen) return
    const words = comment.trim()
    const body = {
      channelId: chosen.id,
      nonce: nonce.current,
      from: { channelId, seq, version },
      ...(words && { comment: words }),
    }
    void send(body, () => {
      onOpenChange(false)
      say(t("forwardedTo", { channel: chosen.where ? `#${chosen.name}` : chosen.name }))
    })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("forward")}
      description={<span className="clip forward-said">{useSaid(content)}</span>}
    >
      <Complaint error={error} />
      <form
        className="forward"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <TextField
          label={t("forwardTo")}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setWanted(null)
          }}
        />
        <div className="targets" role="radiogroup" aria-label={t("forwardTo")}>
          {found.map((target) => (
            <label key={target.id} className="target">
              <input
                type="radio"
                name={name}
                className="unseen"
                checked={target.id === chosen?.id}
                onChange={() => setWanted(target.id)}
              />
              {target.where ? (
                <HashIcon className="i s" aria-hidden="true" />
              ) : (
                <ChatCircleIcon className="i s" aria-hidden="true" />
              )}
              <span className="clip grow">{target.name}</span>
              <span className="hint clip">{target.where}</span>
            </label>
          ))}
          {found.length === 0 && <p className="hint">{t("nowhereToForward")}</p>}
        </div>
        <TextAreaField
          label={t("comment")}
          rows={2}
          maxLength={MAX_CONTENT_POINTS}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
        <footer>
          <Button type="submit" look="ember" busy={busy} disabled={!chosen}>
            {t("forwardIt")}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
