"use client"
import { MAX_OPTION, MAX_OPTIONS, MAX_QUESTION, MIN_OPTIONS, POLL_HOURS, type Snowflake } from "@hearth/core"
import {
  Button,
  Checkbox,
  Dialog,
  IconButton,
  PlusIcon,
  SelectField,
  TextAreaField,
  TextField,
  XIcon,
} from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { useGateway } from "../gateway/index.ts"
import { newNonce } from "../message/outgoing-queue.ts"
import { useServices } from "../message/services.tsx"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { useAction, useProblemsIn } from "../shell/use-action.ts"
import { POLL_COMMAND } from "./poll-command.ts"

type Hours = `${(typeof POLL_HOURS)[number]}` | "none"
const choices: readonly Hours[] = [...POLL_HOURS.map((h): Hours => `${h}`), "none"]

/** Asks people in a poll. */
export const PollDialog = ({
  channelId,
  asked: begun,
  open,
  onOpenChange,
}: DialogState & { channelId: Snowflake; asked: string }) => {
  const t = useTranslations("poll")
  const client = useGateway()
  const { drafts } = useServices()
  const problemsIn = useProblemsIn()
  const [problem, setProblem] = useState<string | null>(null)
  const [question, setQuestion] = useState(() => begun.replace(POLL_COMMAND, "").trim())
  const [options, setOptions] = useState(["", ""])
  const [hours, setHours] = useState<Hours>("24")
  const [several, setSeveral] = useState(false)
  const [secret, setSecret] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const { busy, error, send } = useAction((body: Parameters<typeof client.request<"poll:start">>[1]) =>
    client.request("poll:start", body),
  )
  const asked = {
    channelId,
    question: question.trim(),
    options: options.map((option) => option.trim()).filter((option) => option !== ""),
    several,
    secret,
    ...(hours !== "none" && { hours: POLL_HOURS.find((h) => `${h}` === hours) }),
  }
  // Pressed again it is the same poll, as long as it asks the same.
  const nonce = useRef(newNonce())
  const what = JSON.stringify(asked)
  useEffect(() => {
    nonce.current = newNonce()
  }, [what])

  const submit = async () => {
    const body = { ...asked, nonce: nonce.current }
    const problems = await problemsIn("StartPoll", body)
    setProblem(Object.values(problems ?? {})[0] ?? null)
    if (problems) return
    await send(body, () => {
      // It was asked by a word where one writes: that has been done.
      if (POLL_COMMAND.test(drafts.get(channelId).text)) drafts.set(channelId, { text: "", names: [] })
      onOpenChange(false)
    })
  }
  const put = (i: number, text: string) => setOptions(options.map((option, at) => (at === i ? text : option)))
  const focusOption = (i: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>("input")[i]?.focus())
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("start")}>
      <Complaint error={error} />
      <form
        className="poll-form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextAreaField
          label={t("question")}
          rows={2}
          maxLength={MAX_QUESTION}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <div className="poll-form" ref={list}>
          {options.map((option, i) => (
            <div className="poll-row" key={i}>
              <TextField
                label={t("option", { n: i + 1 })}
                autoComplete="off"
                maxLength={MAX_OPTION}
                value={option}
                onChange={(event) => put(i, event.target.value)}
              />
              {options.length > MIN_OPTIONS && (
                <IconButton
                  label={t("removeOption", { n: i + 1 })}
                  icon={<XIcon className="i s" aria-hidden="true" />}
                  onClick={() => {
                    setOptions(options.filter((_, at) => at !== i))
                    focusOption(Math.max(0, i - 1))
                  }}
                />
              )}
            </div>
          ))}
        </div>
        {options.length < MAX_OPTIONS && (
          <Button
            look="bare"
            size="small"
            onClick={() => {
              setOptions([...options, ""])
              focusOption(options.length)
            }}
          >
            <PlusIcon className="i s" weight="bold" aria-hidden="true" />
            {t("addOption")}
          </Button>
        )}
        <SelectField
          label={t("open")}
          value={hours}
          options={choices.map((value) => ({ value, label: t(`hours.${value}`) }))}
          onChange={setHours}
        />
        <Checkbox label={t("several")} checked={several} onChange={setSeveral} />
        <Checkbox label={t("secret")} help={t("secretHelp")} checked={secret} onChange={setSecret} />
        {problem && (
          <p className="help bad" role="alert">
            {problem}
          </p>
        )}
        <footer>
          <Button type="submit" look="ember" busy={busy}>
            {t("ask")}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
