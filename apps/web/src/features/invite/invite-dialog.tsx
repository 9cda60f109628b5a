"use client"
import type { Snowflake } from "@hearth/core"
import { Button, CopyIcon, Dialog, TextField } from "@hearth/ui"
import Link from "next/link"
import { useState } from "react"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { settingsPath, useGuild } from "../shell/place.ts"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import { DEFAULT_OPTIONS, InviteOptionFields, toRequest } from "./invite-options.tsx"
import { inviteLink, useCopy } from "./use-copy.ts"

/** Makes a link that lets people in. */
export const InviteDialog = ({ guildId, open, onOpenChange }: DialogState & { guildId: Snowflake }) => {
  const name = useGuild(guildId)?.guild.name ?? "this server"
  const copy = useCopy()
  const [options, setOptions] = useState(DEFAULT_OPTIONS)
  const [link, setLink] = useState<string | null>(null)
  const { busy, error, send } = useAction(trpc.invite.create.mutate)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Invite people to ${name}`}
      description="Whoever has the link can come in, until it expires or is taken back."
    >
      <Complaint error={error} />
      {link === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void send({ guildId, ...toRequest(options) }, ({ code }) => setLink(inviteLink(code)))
          }}
        >
          <InviteOptionFields value={options} onChange={setOptions} />
          <footer>
            <Button look="bare" onClick={() => onOpenChange(false)}>
              Cancel
            </Button>
            <Button type="submit" look="ember" busy={busy}>
              Create invite
            </Button>
          </footer>
        </form>
      ) : (
        <>
          <TextField
            label="Invite link"
            readOnly
            value={link}
            onFocus={(event) => event.currentTarget.select()}
            help={
              <>
                All invites are in the{" "}
                <Link className="link" href={settingsPath(guildId, "invites")} onClick={() => onOpenChange(false)}>
                  settings
                </Link>
                .
              </>
            }
          />
          <footer>
            <Button look="bare" onClick={() => onOpenChange(false)}>
              Done
            </Button>
            <Button look="ember" onClick={() => void copy(link, "Invite")}>
              <CopyIcon className="i s" aria-hidden="true" />
              Copy link
            </Button>
          </footer>
        </>
      )}
    </Dialog>
  )
}
