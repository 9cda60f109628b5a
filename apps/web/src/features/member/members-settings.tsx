"use client"
import { type GuildSnapshot, type MemberRow, outranks } from "@hearth/core"
import {
  Button,
  CrownIcon,
  Dialog,
  DotsThreeIcon,
  IconButton,
  Menu,
  MenuItem,
  ShieldCheckIcon,
  Tag,
  UserMinusIcon,
  useToast,
} from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { PersonFace } from "../presence/person-face.tsx"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { rulesOf, useAddress, useGuild, useMay } from "../shell/place.ts"
import { useAction } from "../shell/use-action.ts"
import { usePaged } from "../shell/use-paged.ts"
import { useWhen } from "../shell/when.ts"
import { trpc } from "../trpc/index.ts"

/** The role that makes an admin: the highest that may do everything. */
const adminRoleOf = ({ roles }: GuildSnapshot) =>
  roles.filter((r) => (BigInt(r.permissions) & (1n << 12n)) !== 0n).sort((a, b) => b.position - a.position)[0]

export const MembersSettings = () => {
  const snapshot = useGuild(useAddress().guildId)
  return snapshot ? <Members key={snapshot.guild.id} snapshot={snapshot} /> : null
}

const Members = ({ snapshot }: { snapshot: GuildSnapshot }) => {
  const t = useTranslations("member")
  const when = useWhen()
  const { guild, roles, myRoleIds } = snapshot
  const me = useBootstrap((b) => b.me)
  const may = useMay(snapshot)
  const { say, complain } = useToast()
  const paged = usePaged(["members", guild.id], (cursor) =>
    trpc.member.list.query({ guildId: guild.id, ...(cursor && { cursor }) }),
  )
  const setRoles = useAction(trpc.member.setRoles.mutate)
  const [leaving, setLeaving] = useState<MemberRow | null>(null)
  const admin = adminRoleOf(snapshot)
  const rules = rulesOf(snapshot)
  const above = (row: MemberRow) =>
    outranks(rules, { userId: me.id, roleIds: myRoleIds }, { userId: row.user.id, roleIds: row.roleIds })
  const mayGive = admin && rules.roles.some((r) => r.id === admin.id)
  const change = async (row: MemberRow, roleIds: string[], said: string) => {
    const done = await setRoles.send({ guildId: guild.id, userId: row.user.id, roleIds }, () => {
      paged.change((items) => items.map((m) => (m.user.id === row.user.id ? { ...m, roleIds } : m)))
      say(said)
    })
    if (!done) complain(t("rolesNotChanged", { name: row.user.displayName }))
  }
  return (
    <SettingsSheet title={t("title")} lead={t("lead")}>
      <section aria-label={t("all")}>
        <PagedList
          paged={paged}
          label={t("title")}
          loadingLabel={t("loading")}
          empty={t("empty")}
          row={(row) => {
            const { user, roleIds } = row
            const owns = user.id === guild.ownerId
            const isAdmin = admin !== undefined && roleIds.includes(admin.id)
            const canRole = mayGive && may("MANAGE_ROLES") && above(row)
            const canKick = may("KICK_MEMBERS") && above(row)
            return (
              <li className="line" key={user.id}>
                <PersonFace user={user} />
                <span className="grow">
                  <span className="name clip" dir="auto">
                    {user.displayName}
                  </span>
                  <span className="hint">{t("joined", { when: when(row.joinedAt) })}</span>
                </span>
                <span className="row">
                  {owns && (
                    <Tag>
                      <CrownIcon className="i xs" weight="fill" aria-hidden="true" />
                      {t("owner")}
                    </Tag>
                  )}
                  {roles
                    .filter((r) => roleIds.includes(r.id))
                    .map((r) => (
                      <Tag key={r.id}>{r.name}</Tag>
                    ))}
                  {(canRole || canKick) && (
                    <Menu
                      align="end"
                      trigger={
                        <IconButton
                          small
                          label={t("manage", { name: user.displayName })}
                          icon={<DotsThreeIcon className="i" weight="bold" aria-hidden="true" />}
                        />
                      }
                    >
                      {canRole && (
                        <MenuItem
                          icon={<ShieldCheckIcon className="i" aria-hidden="true" />}
                          onSelect={() =>
                            void (isAdmin
                              ? change(
                                  row,
                                  roleIds.filter((id) => id !== admin.id),
                                  t("isMemberNow", { name: user.displayName }),
                                )
                              : change(row, [...roleIds, admin.id], t("isAdminNow", { name: user.displayName })))
                          }
                        >
                          {isAdmin ? t("unmakeAdmin") : t("makeAdmin")}
                        </MenuItem>
                      )}
                      {canKick && (
                        <MenuItem
                          danger
                          icon={<UserMinusIcon className="i" aria-hidden="true" />}
                          onSelect={() => setLeaving(row)}
                        >
                          {t("remove")}
                        </MenuItem>
                      )}
                    </Menu>
                  )}
                </span>
              </li>
            )
          }}
        />
      </section>
      {leaving && (
        <KickDialog
          snapshot={snapshot}
          row={leaving}
          onClose={() => setLeaving(null)}
          onDone={() => paged.change((items) => items.filter((m) => m.user.id !== leaving.user.id))}
        />
      )}
    </SettingsSheet>
  )
}

const KickDialog = ({
  snapshot: { guild },
  row: { user },
  onClose,
  onDone,
}: {
  snapshot: GuildSnapshot
  row: MemberRow
  onClose: () => void
  onDone: () => void
}) => {
  const { busy, error, send } = useAction(trpc.member.kick.mutate)
  const t = useTranslations("member")
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("removeTitle", { name: user.displayName })}
      description={t("removeLead", { server: guild.name })}
    >
      <Complaint error={error} />
      <footer>
        <Button look="bare" onClick={onClose}>
          {t("keep")}
        </Button>
        <Button
          look="danger"
          busy={busy}
          onClick={() =>
            void send({ guildId: guild.id, userId: user.id }, () => {
              onDone()
              onClose()
            })
          }
        >
          {t("remove")}
        </Button>
      </footer>
    </Dialog>
  )
}
