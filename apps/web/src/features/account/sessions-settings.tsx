"use client"
import type { SessionInfo } from "@hearth/core"
import { Button, DeviceMobileIcon, LaptopIcon, Tag, useToast } from "@hearth/ui"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { useAction } from "../shell/use-action.ts"
import { usePaged } from "../shell/use-paged.ts"
import { when } from "../shell/when.ts"
import { trpc } from "../trpc/index.ts"
import { deviceName, isPhone } from "./device-name.ts"
import { endSession } from "./sign-in.ts"

export const SessionsSettings = () => {
  const { say, complain } = useToast()
  const paged = usePaged(["sessions"], (cursor) => trpc.session.list.query({ ...(cursor && { cursor }) }))
  const revoke = useAction(trpc.session.revoke.mutate)
  const others = useAction(() => trpc.session.revokeOthers.mutate())
  const end = async (session: SessionInfo) => {
    if (session.current) return endSession()
    const done = await revoke.send({ sessionId: session.id }, () => {
      paged.change((items) => items.filter((s) => s.id !== session.id))
      say("Session ended")
    })
    if (!done) complain("That session did not end. Please try again.")
  }
  const hasOthers = paged.items?.some((s) => !s.current) ?? false
  return (
    <SettingsSheet title="Sessions" lead="Where you are signed in.">
      <section aria-label="All sessions">
        <PagedList
          paged={paged}
          label="Sessions"
          empty="There are none."
          row={(session) => {
            const Icon = isPhone(session.userAgent) ? DeviceMobileIcon : LaptopIcon
            const name = deviceName(session.userAgent)
            return (
              <li className="line" key={session.id}>
                <Icon className="i" aria-hidden="true" />
                <span className="grow">
                  <span className="name clip">{name}</span>
                  <span className="hint clip">
                    {session.address} · signed in {when(session.createdAt)} · last here {when(session.lastSeenAt)}
                  </span>
                </span>
                <span className="row">
                  {session.current && <Tag tone="ok">this one</Tag>}
                  <Button
                    size="small"
                    onClick={() => void end(session)}
                    aria-label={session.current ? `Sign out of ${name}` : `End session: ${name}`}
                  >
                    {session.current ? "Sign out" : "End"}
                  </Button>
                </span>
              </li>
            )
          }}
        />
        <Complaint error={others.error} />
        {hasOthers && (
          <Button
            look="danger-quiet"
            busy={others.busy}
            onClick={() =>
              void others.send(undefined, () => {
                paged.change((items) => items.filter((s) => s.current))
                say("All other sessions ended")
              })
            }
          >
            End all others
          </Button>
        )}
      </section>
    </SettingsSheet>
  )
}
