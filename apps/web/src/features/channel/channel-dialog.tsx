"use client"
import { ChannelName, ChannelTopic, type Snowflake } from "@hearth/core"
import { Button, Dialog, HashIcon, SelectField, TextAreaField, TextField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { z } from "zod"
import { useGateway } from "../gateway/index.ts"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { channelPath, useChannel } from "../shell/place.ts"
import { useLengthOf } from "../../i18n/lengths.ts"
import { type Problems, useAction, useProblemsOf } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"

const SLOW = [0, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600]

const Form = z.object({ name: ChannelName, topic: ChannelTopic })

/** Makes a channel, or changes the one that is given. */
export const ChannelDialog = ({
  guildId,
  channelId,
  open,
  onOpenChange,
}: DialogState & { guildId: Snowflake; channelId?: Snowflake }) => {
  const t = useTranslations("channel")
  const tCommon = useTranslations("common")
  const problemsOf = useProblemsOf()
  const router = useRouter()
  const gateway = useGateway()
  const channel = useChannel(guildId, channelId)
  const [name, setName] = useState(channel?.name ?? "")
  const [topic, setTopic] = useState(channel?.topic ?? "")
  const [slow, setSlow] = useState(channel?.slowmodeSeconds ?? 0)
  const lengthOf = useLengthOf()
  const [problems, setProblems] = useState<Problems>({})
  const { busy, error, send } = useAction((input: { name: string; topic: string }) =>
    channelId
      ? trpc.channel.update.mutate({ channelId, slowmodeSeconds: slow, ...input })
      : trpc.channel.create.mutate({ guildId, ...input }),
  )
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={channelId ? t("editTitle") : t("createTitle")}
      description={channelId ? undefined : t("createLead")}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          const found = problemsOf(Form, { name, topic })
          setProblems(found ?? {})
          if (found) return
          void send({ name, topic }, (made) => {
            gateway.apply(channelId ? "channel:updated" : "channel:added", made)
            onOpenChange(false)
            if (!channelId) router.push(channelPath(guildId, made.id))
          })
        }}
      >
        <Complaint error={error} />
        <TextField
          label={t("name")}
          help={t("nameHelp")}
          before={<HashIcon className="i s" aria-hidden="true" />}
          autoComplete="off"
          maxLength={80}
          value={name}
          error={problems["name"]}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setProblems({})
          }}
        />
        <TextAreaField
          label={t("topic")}
          help={t("topicHelp")}
          rows={2}
          value={topic}
          error={problems["topic"]}
          onChange={(event) => {
            setTopic(event.currentTarget.value)
            setProblems({})
          }}
        />
        {channelId && (
          <SelectField
            label={t("slow")}
            help={t("slowHelp")}
            value={String(slow)}
            options={[...new Set([...SLOW, slow])]
              .sort((a, b) => a - b)
              .map((s) => ({ value: String(s), label: s === 0 ? t("slowOff") : lengthOf(s) }))}
            onChange={(value) => setSlow(Number(value))}
          />
        )}
        <footer>
          <Button look="bare" onClick={() => onOpenChange(false)}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit" look="ember" busy={busy}>
            {channelId ? t("save") : t("create")}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
