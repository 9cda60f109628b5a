"use client"
import type { Channel, GuildSnapshot, Snowflake } from "@hearth/core"
import {
  ArrowDownIcon,
  ArrowUpIcon,
  Button,
  Dialog,
  HashIcon,
  IconButton,
  PencilSimpleIcon,
  PlusIcon,
  TextField,
  TrashIcon,
} from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useGateway } from "../gateway/index.ts"
import { NotYours } from "../guild/not-yours.tsx"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { useAddress, useGuild, useMay } from "../shell/place.ts"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"

export const ChannelsSettings = () => {
  const t = useTranslations("channel")
  const snapshot = useGuild(useAddress().guildId)
  const may = useMay(snapshot)
  if (!snapshot) return null
  if (!may("MANAGE_CHANNELS")) return <NotYours title={t("title")} />
  return <Channels snapshot={snapshot} />
}

const moved = (ids: readonly Snowflake[], from: number, to: number): Snowflake[] => {
  const next = [...ids]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

const Channels = ({ snapshot: { guild, channels } }: { snapshot: GuildSnapshot }) => {
  const t = useTranslations("channel")
  const ask = useAsk()
  const gateway = useGateway()
  const [leaving, setLeaving] = useState<Channel | null>(null)
  const { busy, error, send } = useAction(trpc.channel.reorder.mutate)
  const move = (from: number, to: number) => {
    const ids = channels.map((c) => c.id)
    const input = { guildId: guild.id, channelIds: moved(ids, from, to) }
    void send(input, () => gateway.apply("channels:reordered", input))
  }
  return (
    <SettingsSheet title={t("title")} lead={t("lead")}>
      <section aria-label={t("all")}>
        <Complaint error={error} />
        <ul className="rows" aria-busy={busy}>
          {channels.map((channel, i) => (
            <li className="line" key={channel.id}>
              <HashIcon className="i" aria-hidden="true" />
              <span className="grow">
                <span className="name clip">{channel.name}</span>
                {channel.topic && <span className="hint clip">{channel.topic}</span>}
              </span>
              <span className="row">
                <IconButton
                  small
                  label={t("moveUp", { channel: channel.name })}
                  icon={<ArrowUpIcon className="i s" aria-hidden="true" />}
                  disabled={i === 0}
                  onClick={() => move(i, i - 1)}
                />
                <IconButton
                  small
                  label={t("moveDown", { channel: channel.name })}
                  icon={<ArrowDownIcon className="i s" aria-hidden="true" />}
                  disabled={i === channels.length - 1}
                  onClick={() => move(i, i + 1)}
                />
                <IconButton
                  small
                  label={t("edit", { channel: channel.name })}
                  icon={<PencilSimpleIcon className="i s" aria-hidden="true" />}
                  onClick={() => ask({ kind: "edit-channel", guildId: guild.id, channelId: channel.id })}
                />
                <IconButton
                  small
                  label={t("delete", { channel: channel.name })}
                  icon={<TrashIcon className="i s" aria-hidden="true" />}
                  onClick={() => setLeaving(channel)}
                />
              </span>
            </li>
          ))}
        </ul>
        {channels.length === 0 && <p className="soft">{t("none")}</p>}
        <Button look="ember" onClick={() => ask({ kind: "create-channel", guildId: guild.id })}>
          <PlusIcon className="i s" weight="bold" aria-hidden="true" />
          {t("create")}
        </Button>
      </section>
      {leaving && <DeleteDialog key={leaving.id} channel={leaving} onClose={() => setLeaving(null)} />}
    </SettingsSheet>
  )
}

const DeleteDialog = ({ channel, onClose }: { channel: Channel; onClose: () => void }) => {
  const t = useTranslations("channel")
  const tCommon = useTranslations("common")
  const gateway = useGateway()
  const [typed, setTyped] = useState("")
  const { busy, error, send } = useAction(trpc.channel.delete.mutate)
  const sure = typed.trim().toLowerCase() === channel.name
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("deleteTitle", { channel: channel.name })}
      description={t("deleteLead")}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!sure) return
          const { id: channelId, guildId } = channel
          void send({ channelId }, () => {
            gateway.apply("channel:removed", { guildId, channelId })
            onClose()
          })
        }}
      >
        <Complaint error={error} />
        <TextField
          label={t("typeName")}
          autoComplete="off"
          placeholder={channel.name}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <footer>
          <Button look="bare" onClick={onClose}>
            {tCommon("keepIt")}
          </Button>
          <Button type="submit" look="danger" busy={busy} disabled={!sure}>
            {t("deleteIt")}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
