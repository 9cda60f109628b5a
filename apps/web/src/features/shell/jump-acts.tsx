"use client"
import {
  ChatCircleIcon,
  GearSixIcon,
  type HashIcon,
  InfoIcon,
  KeyboardIcon,
  MoonStarsIcon,
  PaletteIcon,
  PencilSimpleIcon,
  PlusIcon,
  ShieldCheckIcon,
  TicketIcon,
  UserPlusIcon,
  UsersIcon,
  useToast,
} from "@hearth/ui"
import { AtIcon } from "@phosphor-icons/react/dist/ssr/At"
import { BellIcon } from "@phosphor-icons/react/dist/ssr/Bell"
import { BookmarkSimpleIcon } from "@phosphor-icons/react/dist/ssr/BookmarkSimple"
import { ChecksIcon } from "@phosphor-icons/react/dist/ssr/Checks"
import { ClockIcon } from "@phosphor-icons/react/dist/ssr/Clock"
import { LightningIcon } from "@phosphor-icons/react/dist/ssr/Lightning"
import { SignOutIcon } from "@phosphor-icons/react/dist/ssr/SignOut"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useMemo } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { endSession } from "../account/sign-in.ts"
import { mentionsPath } from "../catch-up/path.ts"
import { showTour } from "../first/tour-state.ts"
import { friendsPath, messagesPath } from "../conversation/path.ts"
import { useReadMarks } from "../gateway/index.ts"
import { laterPath, scheduledPath } from "../later/path.ts"
import { useLook } from "../settings/use-look.tsx"
import { toAppError } from "../trpc/client.ts"
import { type Ask, useAsk } from "./dialogs.tsx"
import { goTo } from "./go.ts"
import { type Found, search } from "./jump-search.ts"
import { catchUpPath, useAddress, useGuild, useMay } from "./place.ts"

const MOST = 4

export interface Act {
  id: string
  kind: "act"
  name: string
  /** A key that does the same. */
  where: string
  Icon: typeof HashIcon
  run: () => void
}

const isPaper = (theme: "system" | "night" | "paper") =>
  theme === "system" ? window.matchMedia("(prefers-color-scheme: light)").matches : theme === "paper"

/** What one can do from anywhere, by a few letters of it. */
export const useActs = (typed: string): Found<Act>[] => {
  const t = useTranslations("shell")
  const tChannel = useTranslations("channel")
  const tCatchUp = useTranslations("catchUp")
  const tLater = useTranslations("later")
  const tSchedule = useTranslations("schedule")
  const tTalk = useTranslations("conversation")
  const tSettings = useTranslations("settings")
  const router = useRouter()
  const ask = useAsk()
  const { guildId } = useAddress()
  const may = useMay(useGuild(guildId))
  const { look, setLook } = useLook()
  const readMarks = useReadMarks()
  const { say, complain } = useToast()
  const textOf = useErrorText()
  const invites = may("CREATE_INVITE")
  const makes = may("MANAGE_CHANNELS")
  const acts = useMemo<Act[]>(() => {
    const act = (id: string, name: string, Icon: typeof HashIcon, run: () => void, key = ""): Act => ({
      ...{ id, kind: "act" as const, name, where: key, Icon, run },
    })
    const open = (next: Ask) => () => ask(next)
    const markAll = () =>
      readMarks.markAll(null).then(
        () => say(t("allRead")),
        (error: unknown) => complain(textOf(toAppError(error))),
      )
    return [
      act("do-theme", t("jump.theme"), MoonStarsIcon, () =>
        setLook({ theme: isPaper(look.theme) ? "night" : "paper" }),
      ),
      act("do-read", t("keys.does.allRead"), ChecksIcon, () => void markAll(), "⇧ Esc"),
      act("do-catch-up", tCatchUp("title"), LightningIcon, goTo(catchUpPath())),
      act("do-mentions", tCatchUp("mentions.title"), AtIcon, goTo(mentionsPath)),
      act("do-messages", tTalk("title"), ChatCircleIcon, goTo(messagesPath)),
      act("do-message", tTalk("new"), PencilSimpleIcon, open({ kind: "new-conversation" })),
      act("do-later", tLater("title"), BookmarkSimpleIcon, goTo(laterPath)),
      act("do-scheduled", tSchedule("toList"), ClockIcon, goTo(scheduledPath)),
      ...(guildId && invites
        ? [act("do-invite", tChannel("invite"), UserPlusIcon, open({ kind: "invite", guildId }))]
        : []),
      ...(guildId && makes
        ? [act("do-channel", tChannel("create"), PlusIcon, open({ kind: "create-channel", guildId }))]
        : []),
      act("do-server", t("createServer"), PlusIcon, open({ kind: "create-guild" })),
      act("do-join", t("joinByInvite"), TicketIcon, open({ kind: "join" })),
      act("do-settings", t("yourSettings"), GearSixIcon, () => router.push("/settings/account")),
      act("do-keywords", tSettings("keywords"), BellIcon, () => router.push("/settings/keywords")),
      act("do-privacy", tSettings("privacy"), ShieldCheckIcon, () => router.push("/settings/privacy")),
      act("do-friends", tTalk("friends"), UsersIcon, goTo(friendsPath)),
      act("do-look", t("appearance"), PaletteIcon, () => router.push("/settings/appearance")),
      act("do-keys", t("keys.title"), KeyboardIcon, open({ kind: "keys" }), "?"),
      act("do-tour", t("showAround"), InfoIcon, showTour),
      act("do-sign-out", t("signOut"), SignOutIcon, () => void endSession()),
    ]
  }, [
    t,
    tChannel,
    tCatchUp,
    tLater,
    tSchedule,
    tTalk,
    tSettings,
    router,
    ask,
    guildId,
    invites,
    makes,
    look.theme,
    setLook,
    readMarks,
    say,
    complain,
    textOf,
  ])
  return useMemo(() => (typed.trim() ? search(acts, typed, MOST) : []), [acts, typed])
}
