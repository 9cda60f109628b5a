"use client"
import "./conversation.css"
import type { Snowflake } from "@hearth/core"
import { Button, Dialog, IconButton, TextField, UserMinusIcon, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { useMembers } from "../gateway/use-members.ts"
import { PersonFace } from "../presence/person-face.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { type DialogState, useAsk } from "../shell/dialogs.tsx"
import { useChannel, useGuild } from "../shell/place.ts"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import { GroupPicture } from "./group-picture.tsx"

type Props = DialogState & { conversationId: Snowflake }

/** Who is in a group, how it is called, and its picture; whoever looks after it changes all of it. */
export const GroupDialog = ({ conversationId, open, onOpenChange }: Props) => {
  const t = useTranslations("conversation")
  const ask = useAsk()
  const { say } = useToast()
  const me = useBootstrap((b) => b.me.id)
  const group = useGuild(conversationId)
  const { rows } = useMembers(conversationId)
  const [name, setName] = useState(group?.guild.name ?? "")
  const { busy, error, send } = useAction((run: () => Promise<unknown>) => run())
  const conversation = group?.conversation
  const ownerId = conversation?.ownerId
  const owns = ownerId === me
  const people = [...rows.keys()].sort((a, b) => a - b).flatMap((rank) => rows.get(rank)?.user ?? [])
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={owns ? t("manage") : t("peopleTitle")}>
      <Complaint error={error} />
      {owns && conversation && <GroupPicture conversationId={conversationId} of={conversation} />}
      {owns && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void send(
              () => trpc.conversation.rename.mutate({ conversationId, name: name.trim() }),
              () => say(t("renamed")),
            )
          }}
        >
          <TextField
            label={t("groupName")}
            help={t("groupNameHelp")}
            maxLength={80}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <footer>
            <Button type="submit" busy={busy} disabled={name.trim() === group?.guild.name}>
              {t("rename")}
            </Button>
          </footer>
        </form>
      )}
      <ul className="people-found" aria-label={t("peopleTitle")}>
        {people.map((p) => (
          <li className="person" key={p.id}>
            <PersonFace user={p} />
            <span className="grow">
              <span className="name clip" dir="auto">
                {p.displayName}
              </span>
              {p.id === ownerId && <span className="st">{t("owner")}</span>}
            </span>
            {owns && p.id !== me && (
              <IconButton
                small
                disabled={busy}
                label={t("removeOne", { name: p.displayName })}
                icon={<UserMinusIcon className="i s" aria-hidden="true" />}
                onClick={() => void send(() => trpc.conversation.remove.mutate({ conversationId, userId: p.id }))}
              />
            )}
          </li>
        ))}
      </ul>
      {owns && (
        // Of its own: two footers of one page are one too many for who walks by landmarks.
        <section>
          <footer>
            <Button onClick={() => ask({ kind: "new-conversation", addTo: conversationId })}>{t("add")}</Button>
          </footer>
        </section>
      )}
    </Dialog>
  )
}

export const LeaveGroupDialog = ({ conversationId, open, onOpenChange }: Props) => {
  const t = useTranslations("conversation")
  const name = useChannel(conversationId, conversationId)?.name ?? ""
  const { busy, error, send } = useAction(trpc.conversation.leave.mutate)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("leaveTitle", { name })} description={t("leaveLead")}>
      <Complaint error={error} />
      <footer>
        <Button look="bare" onClick={() => onOpenChange(false)}>
          {t("stay")}
        </Button>
        <Button look="danger" busy={busy} onClick={() => void send({ conversationId }, () => onOpenChange(false))}>
          {t("leave")}
        </Button>
      </footer>
    </Dialog>
  )
}
