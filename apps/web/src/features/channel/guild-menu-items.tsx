"use client"
import type { GuildSnapshot } from "@hearth/core"
import {
  GearSixIcon,
  MenuItem,
  MenuLink,
  MenuSeparator,
  PlusIcon,
  SignOutIcon,
  UserPlusIcon,
  useToast,
} from "@hearth/ui"
import { ChecksIcon } from "@phosphor-icons/react/dist/ssr/Checks"
import { useTranslations } from "next-intl"
import { useErrorText } from "../../i18n/error-text.ts"
import { useBootstrap, useReadMarks } from "../gateway/index.ts"
import { useAsk } from "../shell/dialogs.tsx"
import { Link } from "../shell/link.tsx"
import { settingsPath, useMay } from "../shell/place.ts"
import { toAppError } from "../trpc/client.ts"

/** What can be done with the server as a whole; each only for who may. Loaded with the menu. */
export const GuildMenuItems = ({ snapshot }: { snapshot: GuildSnapshot }) => {
  const t = useTranslations("channel")
  const { guild } = snapshot
  const ask = useAsk()
  const may = useMay(snapshot)
  const owns = useBootstrap((b) => b.me.id === guild.ownerId)
  const manages = may("MANAGE_GUILD")
  const readMarks = useReadMarks()
  const { complain } = useToast()
  const textOf = useErrorText()
  const markRead = () => void readMarks.markAll(guild.id).catch((error) => complain(textOf(toAppError(error))))
  return (
    <>
      {may("CREATE_INVITE") && (
        <MenuItem
          icon={<UserPlusIcon className="i" aria-hidden="true" />}
          onSelect={() => ask({ kind: "invite", guildId: guild.id })}
        >
          {t("invite")}
        </MenuItem>
      )}
      {may("MANAGE_CHANNELS") && (
        <MenuItem
          icon={<PlusIcon className="i" aria-hidden="true" />}
          onSelect={() => ask({ kind: "create-channel", guildId: guild.id })}
        >
          {t("create")}
        </MenuItem>
      )}
      <MenuItem icon={<ChecksIcon className="i" aria-hidden="true" />} onSelect={markRead}>
        {t("markRead")}
      </MenuItem>
      <MenuLink
        icon={<GearSixIcon className="i" aria-hidden="true" />}
        link={<Link href={settingsPath(guild.id, manages ? "overview" : "invites")} />}
      >
        {t("settings")}
      </MenuLink>
      {!owns && (
        <>
          <MenuSeparator />
          <MenuItem
            danger
            icon={<SignOutIcon className="i" aria-hidden="true" />}
            onSelect={() => ask({ kind: "leave", guildId: guild.id })}
          >
            {t("leave")}
          </MenuItem>
        </>
      )}
    </>
  )
}
