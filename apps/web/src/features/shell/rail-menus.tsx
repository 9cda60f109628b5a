"use client"
import {
  GearSixIcon,
  InfoIcon,
  KeyboardIcon,
  Keys,
  MenuItem,
  MenuLink,
  MenuSeparator,
  PaletteIcon,
  PlusIcon,
  SignOutIcon,
  TicketIcon,
} from "@hearth/ui"
import { BookmarkSimpleIcon } from "@phosphor-icons/react/dist/ssr/BookmarkSimple"
import { useTranslations } from "next-intl"
import { endSession } from "../account/sign-in.ts"
import { showTour } from "../first/tour-state.ts"
import { laterPath } from "../later/path.ts"
import { StatusItems } from "../status/status-items.tsx"
import { useAsk } from "./dialogs.tsx"
import { goTo } from "./go.ts"
import { Link } from "./link.tsx"

/** What stands in the menus of the rail: loaded with the first of them. */
export const AddServerItems = () => {
  const t = useTranslations("shell")
  const ask = useAsk()
  return (
    <>
      <MenuItem icon={<PlusIcon className="i" aria-hidden="true" />} onSelect={() => ask({ kind: "create-guild" })}>
        {t("createServer")}
      </MenuItem>
      <MenuItem icon={<TicketIcon className="i" aria-hidden="true" />} onSelect={() => ask({ kind: "join" })}>
        {t("joinByInvite")}
      </MenuItem>
    </>
  )
}

export const MyItems = () => {
  const t = useTranslations("shell")
  const tLater = useTranslations("later")
  const ask = useAsk()
  return (
    <>
      <StatusItems />
      <MenuLink
        icon={<BookmarkSimpleIcon className="i" aria-hidden="true" />}
        link={<Link href={laterPath} onNavigate={goTo(laterPath)} />}
      >
        {tLater("title")}
      </MenuLink>
      <MenuLink icon={<GearSixIcon className="i" aria-hidden="true" />} link={<Link href="/settings/account" />}>
        {t("yourSettings")}
      </MenuLink>
      <MenuLink icon={<PaletteIcon className="i" aria-hidden="true" />} link={<Link href="/settings/appearance" />}>
        {t("appearance")}
      </MenuLink>
      <MenuItem icon={<KeyboardIcon className="i" aria-hidden="true" />} onSelect={() => ask({ kind: "keys" })}>
        <span className="grow">{t("keys.title")}</span>
        <Keys>?</Keys>
      </MenuItem>
      <MenuItem icon={<InfoIcon className="i" aria-hidden="true" />} onSelect={showTour}>
        {t("showAround")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<SignOutIcon className="i" aria-hidden="true" />} onSelect={() => void endSession()}>
        {t("signOut")}
      </MenuItem>
    </>
  )
}
