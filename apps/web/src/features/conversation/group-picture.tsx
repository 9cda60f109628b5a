"use client"
import "./conversation.css"
import { type Conversation, MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, type Snowflake } from "@hearth/core"
import { Button, useToast, WarningCircleIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { Complaint } from "../shell/complaint.tsx"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import { ConversationFace } from "./conversation-face.tsx"
import { giveIcon } from "./give-icon.ts"
import { GroupIcon } from "./group-icon.tsx"
import { type PictureProblem, pictureProblem } from "./picture-problem.ts"

const MILLION = 1_000_000
const limits = { mb: MAX_PICTURE_BYTES / MILLION, pixels: MAX_PICTURE_PIXELS / MILLION }

interface Chosen {
  file: File
  url: string
  /** Once it was given: what the group showed then. The event that tells of it is on its way. */
  after?: { icon: string | undefined }
}

/** The picture of a group: chosen, looked at, and then given; or taken away. */
export const GroupPicture = ({ conversationId, of }: { conversationId: Snowflake; of: Conversation }) => {
  const t = useTranslations("conversation")
  const { say } = useToast()
  const input = useRef<HTMLInputElement>(null)
  const chooser = useRef<HTMLButtonElement>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [problem, setProblem] = useState<PictureProblem | null>(null)
  const { busy, error, send, forget } = useAction((run: () => Promise<unknown>) => run())
  const url = chosen?.url
  useEffect(() => () => (url === undefined ? undefined : URL.revokeObjectURL(url)), [url])
  // Whatever the group shows now, this one or what somebody gave after it.
  if (chosen?.after && chosen.after.icon !== of.icon) setChosen(null)
  const shown = useRef(of.icon)
  useEffect(() => {
    shown.current = of.icon
  })

  // What was chosen last is looked at last: neither an earlier one nor one of a dialog that is closed comes after it.
  const choices = useRef(0)
  useEffect(() => {
    choices.current = 0
    return () => {
      choices.current = Number.NaN
    }
  }, [])
  const choose = async (file: File | undefined) => {
    if (!file || busy) return
    const turn = ++choices.current
    forget()
    const found = await pictureProblem(file)
    if (choices.current !== turn) return
    setProblem(found)
    setChosen(found ? null : { file, url: URL.createObjectURL(file) })
  }
  /** What one pressed goes away with what it did. */
  const goBack = () => chooser.current?.focus()
  const give = async ({ file, url }: Chosen) => {
    choices.current++
    const before = of.icon
    const icon = await giveIcon(conversationId, file)
    // The event may have been faster, and another after it.
    setChosen(icon === shown.current || before !== shown.current ? null : { file, url, after: { icon: before } })
    goBack()
    say(t("pictureGiven"))
  }
  const remove = async () => {
    await trpc.conversation.removeIcon.mutate({ conversationId })
    goBack()
    say(t("pictureRemoved"))
  }
  const waits = chosen && chosen.after === undefined
  return (
    <>
      <Complaint error={error} retry={waits ? () => void send(() => give(chosen)) : undefined} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the button in it does what dropping does */}
      <div
        className="group-picture"
        role="group"
        aria-label={t("picture")}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault()
          void choose(event.dataTransfer.files[0])
        }}
      >
        <GroupIcon src={url} size={64} alt={t("preview")}>
          <ConversationFace of={of} size={64} />
        </GroupIcon>
        <div className="grow">
          <div className="row">
            {waits && (
              <Button look="ember" size="small" busy={busy} onClick={() => void send(() => give(chosen))}>
                {t("takePicture")}
              </Button>
            )}
            {/* Never disabled: the keyboard comes back to it. */}
            <Button ref={chooser} size="small" onClick={() => busy || input.current?.click()}>
              {waits ? t("chooseOther") : t("choosePicture")}
            </Button>
            {waits ? (
              <Button
                look="bare"
                size="small"
                disabled={busy}
                onClick={() => {
                  setChosen(null)
                  forget()
                  goBack()
                }}
              >
                {t("leavePicture")}
              </Button>
            ) : (
              of.icon !== undefined && (
                <Button look="bare" size="small" busy={busy} onClick={() => void send(remove)}>
                  {t("removePicture")}
                </Button>
              )
            )}
          </div>
          {problem ? (
            <span className="help bad" role="alert">
              <WarningCircleIcon weight="fill" className="i s" aria-hidden="true" />
              {t(problem, limits)}
            </span>
          ) : (
            <span className="help" role="status">
              {waits ? t("pictureChosen", { name: chosen.file.name }) : t("pictureHelp", limits)}
            </span>
          )}
        </div>
        <input
          ref={input}
          type="file"
          hidden
          accept="image/png,image/jpeg,image/webp,image/gif"
          onChange={(event) => {
            void choose(event.currentTarget.files?.[0])
            // The same file, changed meanwhile, may be chosen again.
            event.currentTarget.value = ""
          }}
        />
      </div>
    </>
  )
}
