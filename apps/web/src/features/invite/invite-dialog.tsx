"use client"
import type { Snowflake } from "@hearth/core"
import { Button, CopyIcon, Dialog, TextField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { invitedSomebody } from "../first/use-first-steps.ts"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { Link } from "../shell/link.tsx"
import { settingsPath, useGuild } from "../shell/place.ts"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import { DEFAULT_OPTIONS, InviteOptionFields, toRequest } from "./invite-options.tsx"
import { inviteLink, useCopy } from "./use-copy.ts"

/** Makes a link that lets people in. */
export const InviteDialog = ({ guildId, open, onOpenChange }: DialogState & { guildId: Snowflake }) => {
  const t = useTranslations("invite")
  const tCommon = useTranslations("common")
  const name = useGuild(guildId)?.guild.name ?? t("thisServer")
  const copy = useCopy()
  const [options, setOptions] = useState(DEFAULT_OPTIONS)
  const [link, setLink] = useState<string | null>(null)
  const { busy, error, send } = useAction(trpc.invite.create.mutate)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("askTitle", { server: name })} description={t("askLead")}>
      <Complaint error={error} />
      {link === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void send({ guildId, ...toRequest(options) }, ({ code }) => {
              setLink(inviteLink(code))
              invitedSomebody(guildId)
            })
          }}
        >
          <InviteOptionFields value={options} onChange={setOptions} />
          <footer>
            <Button look="bare" onClick={() => onOpenChange(false)}>
              {tCommon("cancel")}
            </Button>
            <Button type="submit" look="ember" busy={busy}>
              {t("create")}
            </Button>
          </footer>
        </form>
      ) : (
        <>
          <TextField
            label={t("link")}
            readOnly
            value={link}
            onFocus={(event) => event.currentTarget.select()}
            help={t.rich("linkHelp", {
              settings: (text) => (
                <Link className="link" href={settingsPath(guildId, "invites")} onClick={() => onOpenChange(false)}>
                  {text}
                </Link>
              ),
            })}
          />
          <footer>
            <Button look="bare" onClick={() => onOpenChange(false)}>
              {t("done")}
            </Button>
            <Button look="ember" onClick={() => void copy(link, t("copied"))}>
              <CopyIcon className="i s" aria-hidden="true" />
              {t("copyLink")}
            </Button>
          </footer>
        </>
      )}
    </Dialog>
  )
}
