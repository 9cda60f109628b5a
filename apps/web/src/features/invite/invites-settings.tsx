"use client"
import type { Invite } from "@hearth/core"
import { Button, CopyIcon, IconButton, TicketIcon, TrashIcon, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { useAddress, useGuild, useMay } from "../shell/place.ts"
import { useAction } from "../shell/use-action.ts"
import { usePaged } from "../shell/use-paged.ts"
import { useWhen } from "../shell/when.ts"
import { trpc } from "../trpc/index.ts"
import { DEFAULT_OPTIONS, InviteOptionFields, toRequest } from "./invite-options.tsx"
import { inviteLink, useCopy } from "./use-copy.ts"

const About = ({ invite: { createdBy, uses, maxUses, expiresAt } }: { invite: Invite }) => {
  const t = useTranslations("invite")
  const when = useWhen()
  return [
    t("by", { name: createdBy.displayName }),
    maxUses === null ? t("used", { uses }) : t("usedOf", { uses, maxUses }),
    expiresAt === null ? t("never") : t("expires", { when: when(expiresAt) }),
  ].join(" · ")
}

export const InvitesSettings = () => {
  const t = useTranslations("invite")
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
      say(t("revoked"))
    })
    if (!done) complain(t("notRevoked"))
  }
  return (
    <SettingsSheet title={t("title")} lead={may("MANAGE_INVITES") ? t("lead") : t("leadOwn")}>
      {may("CREATE_INVITE") && (
        <section aria-labelledby="invite-new">
          <h2 id="invite-new">{t("new")}</h2>
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
              {t("create")}
            </Button>
          </form>
        </section>
      )}
      <section aria-labelledby="invites-all">
        <h2 id="invites-all">{t("working")}</h2>
        <PagedList
          paged={paged}
          label={t("title")}
          loadingLabel={t("loading")}
          empty={t("empty")}
          row={(invite) => (
            <li className="line" key={invite.code}>
              <TicketIcon className="i" aria-hidden="true" />
              <span className="grow">
                <span className="name clip">{invite.code}</span>
                <span className="hint clip">
                  <About invite={invite} />
                </span>
              </span>
              <span className="row">
                <IconButton
                  small
                  label={t("copy", { code: invite.code })}
                  icon={<CopyIcon className="i s" aria-hidden="true" />}
                  onClick={() => void copy(inviteLink(invite.code), t("copied"))}
                />
                <IconButton
                  small
                  label={t("revoke", { code: invite.code })}
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
