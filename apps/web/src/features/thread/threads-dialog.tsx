"use client"
import type { Snowflake, ThreadItem } from "@hearth/core"
import { Dialog, Face, Faces, Segmented } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import "../act/act.css"
import { useList } from "../act/use-list.ts"
import { useSaid } from "../message/services.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { useWhen } from "../shell/when.ts"
import { trpc } from "../trpc/index.ts"
import { threadPath } from "./path.ts"

type Props = DialogState & { channelId: Snowflake }
const kinds = ["active", "archived"] as const

/** The threads of a channel, the liveliest first; those that went quiet apart. */
export const ThreadsDialog = ({ channelId, open, onOpenChange }: Props) => {
  const t = useTranslations("thread")
  const [kind, setKind] = useState<(typeof kinds)[number]>("active")
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("all")}>
      <Segmented
        label={t("which")}
        value={kind}
        onChange={setKind}
        options={kinds.map((value) => ({ value, label: t(value) }))}
      />
      <div className="act-scroll" role="group" aria-label={t(kind)}>
        <Threads key={kind} channelId={channelId} archived={kind === "archived"} onGo={() => onOpenChange(false)} />
      </div>
    </Dialog>
  )
}

const Threads = ({ channelId, archived, onGo }: { channelId: Snowflake; archived: boolean; onGo: () => void }) => {
  const t = useTranslations("thread")
  const threads = useList((cursor) => trpc.thread.list.query({ channelId, archived, cursor, limit: 20 }))
  return (
    <PagedList
      paged={threads}
      label={t("all")}
      loadingLabel={t("loading")}
      empty={archived ? t("noArchived") : t("noActive")}
      row={(item) => <Row key={item.thread.id} item={item} onGo={onGo} />}
    />
  )
}

const EXCERPT = 160

const Row = ({ item, onGo }: { item: ThreadItem; onGo: () => void }) => {
  const t = useTranslations("thread")
  const tMessage = useTranslations("message")
  const somebody = useTranslations("common")("somebody")
  const formats = useFormats()
  const when = useWhen()
  const { thread, message, author, people } = item
  const said = useSaid(message?.content ?? "", EXCERPT)
  const name = author?.displayName ?? somebody
  const path = threadPath(thread.guildId, thread.channelId, thread.id)
  return (
    <li className="act-message">
      <Face id={message?.authorId ?? "0"} name={message ? name : "–"} portrait={author?.portrait} size={28} />
      <div className="grow">
        <Link
          className="act-to"
          href={path}
          onNavigate={() => {
            onGo()
            goTo(path)()
          }}
        >
          {message ? (
            <>
              <b>{name}</b> <span className="hint">{formats.full(message.createdAt)}</span>
              <span className="row" dir="auto">
                {said}
              </span>
            </>
          ) : (
            <span className="soft">{tMessage("deleted")}</span>
          )}
        </Link>
        <p className="hint row">
          <Faces people={people.map((p) => ({ ...p, name: p.displayName }))} max={3} />
          {t("replies", { n: thread.replies })} · {when(thread.lastAt)}
        </p>
      </div>
    </li>
  )
}
