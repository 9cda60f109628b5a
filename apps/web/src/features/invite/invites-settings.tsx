"use client"
import type { Invite } from "@hearth/core"
import { Button, CopyIcon, IconButton, TicketIcon, TrashIcon, useToast } from "@hearth/ui"
import { useState } from "react"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { useAddress, useGuild, useMay } from "../shell/place.ts"
import { useAction } from "../shell/use-action.ts"
import { usePaged } from "../shell/use-paged.ts"
import { when } from "../shell/when.ts"
import { trpc } from "../trpc/index.ts"
import { DEFAULT_OPTIONS, InviteOptionFields, toRequest } from "./invite-options.tsx"
import { inviteLink, useCopy } from "./use-copy.ts"

const usesOf = ({ uses, maxUses }: Invite): string =>
  maxUses === null ? `used ${uses === 1 ? "once" : `${uses} times`}` : `used ${uses} of ${maxUses} times`

const lifeOf = ({ expiresAt }: Invite): string => (expiresAt === null ? "never expires" : `expires ${when(expiresAt)}`)

export const InvitesSettings = () => {
  const snapshot = useGuild(useAddress().guildId)
  const may = useMay(snapshot)
  const guildId = snapshot?.guild.id ?? ""
  const copy = useCopy()
  const { say, complain } = useToast()
  const paged = usePaged(["invites", guildId], (cursor) =>
    trpc.invite.list.query({ guildId, ...(cursor && { cursor }) }),
  )
  const [options, setOptions] = useState(DEFAULT_OPTIONS)
  const create = useAction(trpc.invite.create.mutate)
  const revoke = useAction(trpc.invite.revoke.mutate)
  if (!snapshot) return null
  const takeBack = async ({ code }: Invite) => {
    const done = await revoke.send({ code }, () => {
      paged.change((items) => items.filter((i) => i.code !== code))
      say("Invite taken back")
    })
    if (!done) complain("The invite could not be taken back. It still works; please try again.")
  }
  return (
    <SettingsSheet
      title="Invites"
      lead={
        may("MANAGE_INVITES")
          ? "Links that let people in. All that still work are here."
          : "Links of yours that let people in."
      }
    >
      {may("CREATE_INVITE") && (
        <section aria-labelledby="invite-new">
          <h2 id="invite-new">A new invite</h2>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void create.send({ guildId, ...toRequest(options) }, (invite) =>
                paged.change((items) => [invite, ...items]),
              )
            }}
          >
            <Complaint error={create.error} />
            <InviteOptionFields value={options} onChange={setOptions} />
            <Button type="submit" look="ember" busy={create.busy}>
              Create invite
            </Button>
          </form>
        </section>
      )}
      <section aria-labelledby="invites-all">
        <h2 id="invites-all">Invites that work</h2>
        <PagedList
          paged={paged}
          label="Invites"
          empty="There are none right now."
          row={(invite) => (
            <li className="line" key={invite.code}>
              <TicketIcon className="i" aria-hidden="true" />
              <span className="grow">
                <span className="name clip">{invite.code}</span>
                <span className="hint clip">
                  by {invite.createdBy.displayName} · {usesOf(invite)} · {lifeOf(invite)}
                </span>
              </span>
              <span className="row">
                <IconButton
                  small
                  label={`Copy invite ${invite.code}`}
                  icon={<CopyIcon className="i s" aria-hidden="true" />}
                  onClick={() => void copy(inviteLink(invite.code), "Invite")}
                />
                <IconButton
                  small
                  label={`Revoke invite ${invite.code}`}
                  icon={<TrashIcon className="i s" aria-hidden="true" />}
                  onClick={() => void takeBack(invite)}
                />
              </span>
            </li>
          )}
        />
      </section>
    </SettingsSheet>
  )
}
