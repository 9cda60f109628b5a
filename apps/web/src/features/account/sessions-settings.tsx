"use client"
import type { SessionInfo } from "@hearth/core"
import { Button, DeviceMobileIcon, LaptopIcon, Tag, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { useAction } from "../shell/use-action.ts"
import { usePaged } from "../shell/use-paged.ts"
import { useWhen } from "../shell/when.ts"
import { trpc } from "../trpc/index.ts"
import { deviceName, isPhone } from "./device-name.ts"
import { endSession } from "./sign-in.ts"

export const SessionsSettings = () => {
  const t = useTranslations("account.sessions")
  const tAccount = useTranslations("account")
  const when = useWhen()
  const { say, complain } = useToast()
  const paged = usePaged(["sessions"], (cursor) => trpc.session.list.query({ ...(cursor && { cursor }) }))
  const revoke = useAction(trpc.session.revoke.mutate)
  const others = useAction(() => trpc.session.revokeOthers.mutate())
  const end = async (session: SessionInfo) => {
    if (session.current) return endSession()
    const done = await revoke.send({ sessionId: session.id }, () => {
      paged.change((items) => items.filter((s) => s.id !== session.id))
      say(t("ended"))
    })
    if (!done) complain(t("notEnded"))
  }
  const hasOthers = paged.items?.some((s) => !s.current) ?? false
  return (
    <SettingsSheet title={t("title")} lead={t("lead")}>
      <section aria-label={t("all")}>
        <PagedList
          paged={paged}
          label={t("title")}
          loadingLabel={t("loading")}
          empty={t("empty")}
          row={(session) => {
            const Icon = isPhone(session.userAgent) ? DeviceMobileIcon : LaptopIcon
            const name = deviceName(session.userAgent, {
              both: (browser, system) => t("device", { browser, system }),
              unknown: t("unknownDevice"),
            })
            return (
              <li className="line" key={session.id}>
                <Icon className="i" aria-hidden="true" />
                <span className="grow">
                  <span className="name clip">{name}</span>
                  <span className="hint clip">
                    {t("line", {
                      address: session.address,
                      signedIn: when(session.createdAt),
                      lastSeen: when(session.lastSeenAt),
                    })}
                  </span>
                </span>
                <span className="row">
                  {session.current && <Tag tone="ok">{t("thisOne")}</Tag>}
                  <Button
                    size="small"
                    onClick={() => void end(session)}
                    aria-label={session.current ? t("signOutNamed", { device: name }) : t("endNamed", { device: name })}
                  >
                    {session.current ? tAccount("signOut") : t("end")}
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
                say(t("othersEnded"))
              })
            }
          >
            {t("endOthers")}
          </Button>
        )}
      </section>
    </SettingsSheet>
  )
}
