import type { Trace, TraceReply } from "@hearth/core"
import { PencilSimpleIcon, TrashIcon } from "@hearth/ui"
import { AtIcon } from "@phosphor-icons/react/dist/ssr/At"
import { BroadcastIcon } from "@phosphor-icons/react/dist/ssr/Broadcast"
import { DatabaseIcon } from "@phosphor-icons/react/dist/ssr/Database"
import { GitCommitIcon } from "@phosphor-icons/react/dist/ssr/GitCommit"
import { PushPinIcon } from "@phosphor-icons/react/dist/ssr/PushPin"
import { TrayIcon } from "@phosphor-icons/react/dist/ssr/Tray"
import { useTranslations } from "next-intl"
import { useFormats } from "../../i18n/formats.ts"
import { LiveSteps } from "./live-steps.tsx"
import { ReadStep } from "./read-step.tsx"
import { Step } from "./step.tsx"
import { VersionTimes } from "./version-times.tsx"
import { nodesSay } from "./way.ts"

interface Props {
  trace: Trace
  /** null: the nodes have not answered. */
  nodes: TraceReply | null
  away: boolean
}

/** The way of a message from its author's hand to its readers, a step each, and what became of it then. */
export const Way = ({ trace, nodes, away }: Props) => {
  const t = useTranslations("admin.trace.step")
  const tCommon = useTranslations("common")
  const { message, pin, seq, store } = trace
  const said = nodes && nodesSay(nodes)
  return (
    <ol className="way">
      <LiveSteps.Accepted said={said} away={away} />
      <Step
        icon={<DatabaseIcon className="i s" aria-hidden="true" />}
        title={t("stored")}
        at={said?.stored?.at ?? message?.createdAt}
        told={message || said?.stored ? "yes" : "unknown"}
      >
        <p>{message ? t("storedAs", { seq, store }) : t("storeAway")}</p>
        {said?.stored && (
          <p>
            {t("storedBy", {
              node: said.stored.nodeId,
              n: said.stored.count ?? 1,
              ms: Math.round(said.stored.ms ?? 0),
            })}
          </p>
        )}
      </Step>
      <LiveSteps.Sent said={said} away={away} icon={<BroadcastIcon className="i s" aria-hidden="true" />} />
      <Mentioned trace={trace} />
      <Step
        icon={<TrayIcon className="i s" aria-hidden="true" />}
        title={t("counted")}
        told={trace.lastSeq >= seq ? "yes" : "notYet"}
      >
        <p>{t(trace.lastSeq >= seq ? "countedYes" : "countedNo", { seq: trace.lastSeq })}</p>
      </Step>
      <ReadStep trace={trace} />
      {message && message.version > 1 && !message.deleted && (
        <Step
          icon={<PencilSimpleIcon className="i s" aria-hidden="true" />}
          title={t("edited")}
          at={message.editedAt ?? undefined}
          told="yes"
        >
          <p>{t("editedTimes", { n: message.version - 1 })}</p>
          <VersionTimes channelId={trace.channelId} seq={seq} version={message.version} />
        </Step>
      )}
      {said &&
        said.changed.map((change) => (
          <Step
            key={`${change.nodeId} ${change.ver}`}
            icon={<GitCommitIcon className="i s" aria-hidden="true" />}
            title={t("changed")}
            at={change.at}
            told="yes"
          >
            <p>{t("changedBy", { node: change.nodeId, ver: change.ver ?? 0, ms: Math.round(change.ms ?? 0) })}</p>
          </Step>
        ))}
      {pin && (
        <Step
          icon={<PushPinIcon className="i s" aria-hidden="true" />}
          title={t("pinned")}
          at={pin.pinnedAt}
          told="yes"
        >
          {trace.place && <p>{t("pinnedBy", { name: pin.pinnedBy?.displayName ?? tCommon("somebody") })}</p>}
        </Step>
      )}
      {message?.deleted && (
        <Step icon={<TrashIcon className="i s" aria-hidden="true" />} title={t("deleted")} told="yes">
          <p>{t("deletedHow")}</p>
        </Step>
      )}
    </ol>
  )
}

const Mentioned = ({ trace: { mentions, message, seq } }: { trace: Trace }) => {
  const t = useTranslations("admin.trace.step")
  const formats = useFormats()
  const { cursor, current, rows } = mentions
  const isRead = cursor >= seq
  const who = rows.map(({ kind, name }) => name ?? t("addressed", { kind }))
  return (
    <Step
      icon={<AtIcon className="i s" aria-hidden="true" />}
      title={t("mentions")}
      told={isRead && current !== false ? "yes" : "notYet"}
    >
      <p>
        {isRead ? t(current === false ? "consumedOld" : "consumed") : t("notConsumed", { seq: cursor })}{" "}
        {who.length > 0 && t("addresses", { who: formats.list([...new Set(who)]) })}
        {who.length === 0 && isRead && t("nobodyAddressed")}
      </p>
      {message && message.reactions > 0 && <p>{t("reactions", { n: message.reactions })}</p>}
    </Step>
  )
}
