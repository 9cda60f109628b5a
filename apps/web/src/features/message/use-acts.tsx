import { fromPoll, isVote, type Message, ownWords } from "@hearth/core"
import { CopyIcon, PencilSimpleIcon, TrashIcon, UserIcon, useToast } from "@hearth/ui"
import { ArrowBendUpLeftIcon } from "@phosphor-icons/react/dist/ssr/ArrowBendUpLeft"
import { ArrowBendUpRightIcon } from "@phosphor-icons/react/dist/ssr/ArrowBendUpRight"
import { BookmarkSimpleIcon } from "@phosphor-icons/react/dist/ssr/BookmarkSimple"
import { ChatsTeardropIcon } from "@phosphor-icons/react/dist/ssr/ChatsTeardrop"
import { ClockCounterClockwiseIcon } from "@phosphor-icons/react/dist/ssr/ClockCounterClockwise"
import { PathIcon } from "@phosphor-icons/react/dist/ssr/Path"
import { PushPinIcon } from "@phosphor-icons/react/dist/ssr/PushPin"
import { FlagCheckeredIcon } from "@phosphor-icons/react/dist/ssr/FlagCheckered"
import { EnvelopeSimpleIcon } from "@phosphor-icons/react/dist/ssr/EnvelopeSimple"
import { SmileyIcon } from "@phosphor-icons/react/dist/ssr/Smiley"
import { UsersIcon } from "@phosphor-icons/react/dist/ssr/Users"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import type { ReactNode } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { useBootstrap, useGateway, useReadMarks } from "../gateway/provider.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { toAppError, trpc } from "../trpc/client.ts"
import { goTo } from "../shell/go.ts"
import { threadPath } from "../thread/path.ts"
import { hrefOf, type RowContext } from "./row-context.ts"
import { useNameOf, useServices } from "./services.tsx"
import { useMay } from "./use-may.ts"

/** One thing that can be done with a message. In the menu, acts of one place stand together. */
export interface Act {
  tool: string
  place: "bar" | "keep" | "know"
  label: string
  /** As it stands in the tip. What is for few has none. */
  keys?: string
  shortcut?: string
  icon: ReactNode
  run: () => void
  /** Of what asks first: what is done then. */
  confirmed?: () => void
}

/** All that this reader may do with this message. */
export const useActs = (
  message: Message,
  context: RowContext,
  ask: (what: "delete" | "react" | "profile") => void,
): Act[] => {
  const { drafts, history, pinned } = useServices()
  const client = useGateway()
  const readMarks = useReadMarks()
  const router = useRouter()
  const isAdministrator = useBootstrap((b) => b.me.isInstanceAdmin)
  const openDialog = useAsk()
  const { say, complain } = useToast()
  const nameOf = useNameOf()
  const t = useTranslations("message")
  const tAct = useTranslations("act")
  const tThread = useTranslations("thread")
  const tPoll = useTranslations("poll")
  const tLater = useTranslations("later")
  const tProfile = useTranslations("profile")
  const textOf = useErrorText()
  const { channelId, seq } = message
  const mine = message.authorId === context.me
  const { canModerate, mayReact, parentId } = context
  const mayWrite = useMay(channelId).send
  const poll = fromPoll(message.content)
  const emojis = Object.keys(message.reactions).filter((emoji) => !isVote(message.content, emoji))

  const copyLink = async () => {
    const url = new URL(hrefOf(context, seq), window.location.href).href
    try {
      await navigator.clipboard.writeText(url)
      say(t("linkCopied"))
    } catch {
      complain(t("cannotCopy", { url }))
    }
  }
  const remove = async () => {
    try {
      const { message: changed } = await client.request("message:delete", { channelId, seq })
      history.changed(changed)
    } catch (error) {
      complain(textOf(toAppError(error)))
    }
  }
  const openThread = async () => {
    try {
      const { id } = message.thread ?? (await trpc.thread.start.mutate({ channelId, seq }))
      goTo(threadPath(context.guildId, channelId, id))()
      // It may be open: then nothing else leads into it.
      document.querySelector<HTMLElement>(".thread-pane")?.focus()
    } catch (error) {
      complain(textOf(toAppError(error)))
    }
  }
  const isPinned = context.pinned.has(seq)
  const togglePin = async () => {
    try {
      const marks = await pinned.load()
      if (isPinned) {
        await trpc.pin.remove.mutate({ channelId, seq })
        marks.removed({ channelId, seq })
      } else marks.added(await trpc.pin.add.mutate({ channelId, seq }))
    } catch (error) {
      complain(textOf(toAppError(error)))
    }
  }
  const all: (Act | false | null)[] = [
    mayReact && {
      tool: "react",
      place: "bar",
      label: tAct("react"),
      keys: "+",
      shortcut: "+",
      icon: <SmileyIcon className="i s" aria-hidden="true" />,
      run: () => ask("react"),
    },
    {
      tool: "reply",
      place: "bar",
      label: t("reply"),
      keys: "R",
      shortcut: "R",
      icon: <ArrowBendUpLeftIcon className="i s" aria-hidden="true" />,
      run: () => drafts.answer(channelId, seq),
    },
    !parentId &&
      (mayWrite || message.thread !== undefined) && {
        tool: "thread",
        place: "bar",
        label: tThread("start"),
        keys: "T",
        shortcut: "T",
        icon: <ChatsTeardropIcon className="i s" aria-hidden="true" />,
        run: () => void openThread(),
      },
    // A poll stays as it was asked.
    mine &&
      !poll && {
        tool: "edit",
        place: "bar",
        label: t("edit"),
        keys: "E",
        shortcut: "E",
        icon: <PencilSimpleIcon className="i s" aria-hidden="true" />,
        run: () => drafts.edit({ ...message, content: ownWords(message.content) }, nameOf),
      },
    (mine || canModerate) && {
      tool: "delete",
      place: "bar",
      label: t("delete"),
      keys: "Del",
      shortcut: "Delete",
      icon: <TrashIcon className="i s" aria-hidden="true" />,
      run: () => ask("delete"),
      confirmed: () => void remove(),
    },
    poll &&
      (mine || canModerate) &&
      // Whether its hours are over the server knows: this clock may be wrong.
      !poll.ended && {
        tool: "endPoll",
        place: "keep",
        label: tPoll("end"),
        icon: <FlagCheckeredIcon className="i" aria-hidden="true" />,
        run: () => openDialog({ kind: "end-poll", channelId, seq }),
      },
    {
      tool: "copy",
      place: "keep",
      label: t("copyLink"),
      keys: "C",
      shortcut: "C",
      icon: <CopyIcon className="i" aria-hidden="true" />,
      run: () => void copyLink(),
    },
    {
      tool: "forward",
      place: "keep",
      label: tAct("forward"),
      keys: "F",
      shortcut: "F",
      icon: <ArrowBendUpRightIcon className="i along" aria-hidden="true" />,
      run: () => openDialog({ kind: "forward", message }),
    },
    {
      tool: "later",
      place: "keep",
      label: tLater("save"),
      keys: "S",
      shortcut: "S",
      icon: <BookmarkSimpleIcon className="i" aria-hidden="true" />,
      run: () => openDialog({ kind: "later", channelId, seq }),
    },
    !parentId &&
      canModerate && {
        tool: "pin",
        place: "keep",
        label: isPinned ? tAct("unpin") : tAct("pin"),
        keys: "P",
        shortcut: "P",
        icon: <PushPinIcon className="i" aria-hidden="true" />,
        run: () => void togglePin(),
      },
    message.editedAt !== null &&
      (mine || canModerate) && {
        tool: "history",
        place: "know",
        label: tAct("history"),
        keys: "H",
        shortcut: "H",
        icon: <ClockCounterClockwiseIcon className="i" aria-hidden="true" />,
        run: () => openDialog({ kind: "versions", channelId, seq }),
      },
    {
      tool: "unread",
      place: "keep",
      label: t("unreadFrom"),
      keys: "U",
      shortcut: "U",
      icon: <EnvelopeSimpleIcon className="i" aria-hidden="true" />,
      run: () => void readMarks.markUnread(channelId, seq).catch((error) => complain(textOf(toAppError(error)))),
    },
    emojis.length > 0 && {
      tool: "reactors",
      place: "know",
      label: tAct("whoReacted"),
      keys: "W",
      shortcut: "W",
      icon: <UsersIcon className="i" aria-hidden="true" />,
      run: () => openDialog({ kind: "reactors", channelId, seq, emojis }),
    },
    {
      tool: "profile",
      place: "know",
      label: tProfile("show"),
      icon: <UserIcon className="i" aria-hidden="true" />,
      run: () => ask("profile"),
    },
    isAdministrator && {
      tool: "trace",
      place: "know",
      label: tAct("trace"),
      icon: <PathIcon className="i" aria-hidden="true" />,
      run: () => router.push(`/admin/message/${channelId}/${seq}`),
    },
  ]
  return all.filter((act) => act !== false && act !== null)
}
