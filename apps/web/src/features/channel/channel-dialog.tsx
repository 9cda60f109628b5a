"use client"
import { ChannelName, ChannelTopic, type Snowflake } from "@hearth/core"
import { Button, Dialog, HashIcon, TextAreaField, TextField } from "@hearth/ui"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { z } from "zod"
import { useGateway } from "../gateway/index.ts"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { channelPath, useChannel } from "../shell/place.ts"
import { type Problems, problemsOf, useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"

const Form = z.object({ name: ChannelName, topic: ChannelTopic })

/** Makes a channel, or changes the one that is given. */
export const ChannelDialog = ({
  guildId,
  channelId,
  open,
  onOpenChange,
}: DialogState & { guildId: Snowflake; channelId?: Snowflake }) => {
  const router = useRouter()
  const gateway = useGateway()
  const channel = useChannel(guildId, channelId)
  const [name, setName] = useState(channel?.name ?? "")
  const [topic, setTopic] = useState(channel?.topic ?? "")
  const [problems, setProblems] = useState<Problems>({})
  const { busy, error, send } = useAction((input: { name: string; topic: string }) =>
    channelId ? trpc.channel.update.mutate({ channelId, ...input }) : trpc.channel.create.mutate({ guildId, ...input }),
  )
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={channelId ? "Edit channel" : "Create a channel"}
      description={channelId ? undefined : "For one topic, or one group of people. Everybody in the server can see it."}
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
          label="Channel name"
          help="Lower case, with dashes for spaces."
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
          label="Topic"
          help="What it is for. It stands beside the name."
          rows={2}
          value={topic}
          error={problems["topic"]}
          onChange={(event) => {
            setTopic(event.currentTarget.value)
            setProblems({})
          }}
        />
        <footer>
          <Button look="bare" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button type="submit" look="ember" busy={busy}>
            {channelId ? "Save channel" : "Create channel"}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
