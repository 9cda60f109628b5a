"use client"
import "./status.css"
import { MAX_STATUS_POINTS } from "@hearth/core"
import { Button, Dialog, IconButton, SelectField, TextField, useToast, XIcon } from "@hearth/ui"
import { SmileyIcon } from "@phosphor-icons/react/dist/ssr/Smiley"
import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { EmojiPopover } from "../emoji/emoji-popover.tsx"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { useAction, useProblemsIn } from "../shell/use-action.ts"
import { useOwnStatus, useSetStatus } from "./own-status.ts"
import { msOf, type Span, spans } from "./spans.ts"

/** Says what one is doing, for a while or until one says something else. */
export const StatusDialog = ({ open, onOpenChange }: DialogState) => {
  const t = useTranslations("status")
  const { say } = useToast()
  const { custom } = useOwnStatus()
  const [text, setText] = useState(custom?.text ?? "")
  const [emoji, setEmoji] = useState(custom?.emoji)
  const [span, setSpan] = useState<Span>("today")
  const [picks, setPicks] = useState(false)
  const [problem, setProblem] = useState<string | undefined>()
  const pick = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const problemsIn = useProblemsIn()
  const { busy, error, send } = useAction(useSetStatus())
  const done = (said: string) => () => {
    say(said)
    onOpenChange(false)
  }
  const submit = async () => {
    const forMs = msOf(span, Date.now())
    const request = { custom: { text, ...(emoji && { emoji }), ...(forMs !== undefined && { forMs }) } }
    const problems = await problemsIn("SetStatusRequest", request)
    setProblem(Object.values(problems ?? {})[0])
    if (!problems) await send(request, done(t("saved")))
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} description={t("lead")} initialFocus={field}>
      <Complaint error={error} />
      <form
        className="status-form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className="status-row">
          <IconButton
            ref={pick}
            label={emoji ? t("changeEmoji", { emoji }) : t("pickEmoji")}
            aria-haspopup="dialog"
            aria-expanded={picks}
            icon={
              emoji ? (
                <span className="status-emoji" aria-hidden="true">
                  {emoji}
                </span>
              ) : (
                <SmileyIcon className="i" aria-hidden="true" />
              )
            }
            onClick={() => setPicks(!picks)}
          />
          <TextField
            ref={field}
            label={t("text")}
            autoComplete="off"
            dir="auto"
            maxLength={2 * MAX_STATUS_POINTS}
            value={text}
            error={problem}
            onChange={(event) => {
              setProblem(undefined)
              setText(event.target.value)
            }}
          />
        </div>
        {emoji && (
          <Button size="small" look="bare" onClick={() => setEmoji(undefined)}>
            <XIcon className="i s" aria-hidden="true" />
            {t("dropEmoji")}
          </Button>
        )}
        <SelectField
          label={t("until")}
          value={span}
          options={spans.map((value) => ({ value, label: t(`spans.${value}`) }))}
          onChange={setSpan}
        />
        <footer>
          {custom && (
            <Button look="bare" disabled={busy} onClick={() => void send({ custom: null }, done(t("cleared")))}>
              {t("clear")}
            </Button>
          )}
          <Button type="submit" look="ember" busy={busy} disabled={text.trim() === "" && !emoji}>
            {t("save")}
          </Button>
        </footer>
      </form>
      <EmojiPopover
        open={picks}
        onOpenChange={setPicks}
        anchor={pick}
        returnTo={field}
        align="start"
        onPick={(picked) => setEmoji(picked)}
      />
    </Dialog>
  )
}
