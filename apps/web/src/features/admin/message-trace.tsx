"use client"
import type { Trace } from "@hearth/core"
import { Bone, Button, buttonClass, EmptyState, Face, Skeleton } from "@hearth/ui"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useFormats } from "../../i18n/formats.ts"
import { useConnection, useGateway } from "../gateway/index.ts"
import { Markdown } from "../message/markdown/markdown.tsx"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { Link } from "../shell/link.tsx"
import { toAppError, trpc } from "../trpc/index.ts"
import type { MessageAddress } from "./asked-message.ts"
import { Facts } from "./facts.tsx"
import { FindMessage } from "./find-message.tsx"
import { Nodes } from "./nodes.tsx"
import { Way } from "./way-list.tsx"

/** What happened to a message: where to ask, and what is known of the one that was asked for. */
export const MessageTrace = ({ at }: { at: MessageAddress | null }) => {
  const t = useTranslations("admin.trace")
  const key = at ? `${at.channelId}/${at.seq}` : ""
  return (
    <SettingsSheet title={t("title")} lead={t("lead")}>
      <FindMessage key={`find ${key}`} at={at} />
      {at && <Traced key={key} {...at} />}
    </SettingsSheet>
  )
}

const Traced = ({ channelId, seq }: MessageAddress) => {
  const t = useTranslations("admin.trace")
  const client = useGateway()
  const { status } = useConnection()
  const asked = useQuery({
    queryKey: ["trace", channelId, seq],
    queryFn: () => trpc.trace.message.query({ channelId, seq }),
    staleTime: 0,
  })
  const nodes = useQuery({
    queryKey: ["trace of nodes", channelId, seq],
    queryFn: () => client.request("message:trace", { channelId, seq }),
    enabled: status === "online",
    staleTime: 0,
    retry: false,
  })
  const again = () => {
    void asked.refetch()
    void nodes.refetch()
  }
  const error = asked.error ? toAppError(asked.error) : null
  if (error?.code === "UNKNOWN_MESSAGE" || error?.code === "UNKNOWN_CHANNEL")
    return (
      <EmptyState sun={false} title={t("unknownTitle")}>
        {t("unknown")}
      </EmptyState>
    )
  const trace = asked.data
  return (
    <>
      {error && <Complaint error={error} retry={again} />}
      {!trace && !error && (
        <Skeleton label={t("loading")}>
          <div className="bone-lines">
            <Bone width={2} />
            <Bone width={4} />
            <Bone width={3} />
          </div>
        </Skeleton>
      )}
      {trace && (
        <>
          <Said trace={trace} />
          <section aria-labelledby="trace-way">
            <h2 id="trace-way">{t("way")}</h2>
            <Way trace={trace} nodes={nodes.data ?? null} away={nodes.isError} />
            <Button busy={asked.isFetching || nodes.isFetching} onClick={again}>
              {t("again")}
            </Button>
          </section>
          {nodes.data && <Nodes reply={nodes.data} />}
          <Facts trace={trace} />
        </>
      )}
    </>
  )
}

/** The message itself, as far as the administrator may read it. */
const Said = ({ trace: { message, place, guildId, channelId, seq } }: { trace: Trace }) => {
  const t = useTranslations("admin.trace")
  const tCommon = useTranslations("common")
  const formats = useFormats()
  const author = message?.author
  const name = author?.displayName ?? tCommon("somebody")
  return (
    <div className="traced">
      {place && message && (
        <div className="who">
          <Face id={message.authorId} name={name} portrait={author?.portrait} size={28} />
          <b>{name}</b>
          <span className="hint">{formats.full(message.createdAt)}</span>
        </div>
      )}
      {message?.content && <Markdown content={message.content} />}
      {!place && <p>{t("noWords")}</p>}
      {message?.deleted && <p>{t("deletedWords")}</p>}
      {!message && <p>{t("step.storeAway")}</p>}
      {place && (
        <div className="who">
          <span className="hint">{t("in", { channel: place.channel, server: place.guild })}</span>
          <Link className={buttonClass({ size: "small" })} href={`/s/${guildId}/${channelId}/${seq}`}>
            {t("open")}
          </Link>
        </div>
      )}
    </div>
  )
}
