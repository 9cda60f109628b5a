import type { TraceReply } from "@hearth/core"
import { Banner, Tag } from "@hearth/ui"
import { HardDrivesIcon } from "@phosphor-icons/react/dist/ssr/HardDrives"
import { useTranslations } from "next-intl"
import { usePreciseTime } from "../../i18n/precise-time.ts"

/** Which nodes were asked, and how far back each remembers. */
export const Nodes = ({ reply }: { reply: TraceReply }) => {
  const t = useTranslations("admin.trace")
  const precise = usePreciseTime()
  return (
    <section aria-labelledby="trace-nodes">
      <h2 id="trace-nodes">{t("nodes")}</h2>
      {!reply.all && <Banner tone="warn">{t("notAllNodes")}</Banner>}
      <ul className="rows">
        {reply.nodes.map(({ nodeId, ok, since }) => (
          <li className="line" key={nodeId}>
            <HardDrivesIcon className="i" aria-hidden="true" />
            <span className="grow">
              <span className="name">
                <code>{nodeId}</code>
              </span>
              <span className="hint">
                {ok && since !== null ? t("nodeSince", { time: precise(since) }) : t("nodeAway")}
              </span>
            </span>
            {!ok && <Tag tone="bad">{t("unknownTag")}</Tag>}
          </li>
        ))}
      </ul>
    </section>
  )
}
