import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { CheckIcon, DeviceMobileIcon } from "@hearth/ui"
import { UsersThreeIcon } from "@phosphor-icons/react/dist/ssr/UsersThree"
import { usePreciseTime } from "../../i18n/precise-time.ts"
import { Step } from "./step.tsx"
import { connectionsOf, type NodesSay } from "./way.ts"

interface Props {
  /** null: the nodes have not answered. */
  said: NodesSay | null
  away: boolean
}

/** Why nodes tell nothing of a step. */
const Silence = ({ said, away }: Props) => {
  const t = useTranslations("admin.trace.step")
  const precise = usePreciseTime()
  if (!said) return <p>{away ? t("nodesAway") : t("nodesLoading")}</p>
  return <p>{said.since === null ? t("nobodyKnows") : t("nobodySince", { time: precise(said.since) })}</p>
}

const Accepted = ({ said, away }: Props) => {
  const t = useTranslations("admin.trace.step")
  const accepted = said?.accepted ?? []
  return (
    <Step
      icon={<CheckIcon className="i s" aria-hidden="true" />}
      title={t("accepted")}
      at={accepted[0]?.at}
      told={accepted.length > 0 ? "yes" : "unknown"}
    >
      {accepted.map(({ nodeId, at, ms = 0, again }, i) => (
        <p key={`${nodeId} ${at} ${i}`}>
          {t(again ? "acceptedAgain" : "acceptedHow", { node: nodeId, ms: Math.round(ms) })}
        </p>
      ))}
      {accepted.length === 0 && <Silence said={said} away={away} />}
    </Step>
  )
}

const Sent = ({ said, away, icon }: Props & { icon: ReactNode }) => {
  const t = useTranslations("admin.trace.step")
  const { published = [], delivered = [] } = said ?? {}
  const isKnown = published.length > 0
  return (
    <>
      <Step icon={icon} title={t("published")} at={published[0]?.at} told={isKnown ? "yes" : "unknown"}>
        {published.map(({ nodeId, at }, i) => (
          <p key={`${nodeId} ${at} ${i}`}>{t("publishedBy", { node: nodeId })}</p>
        ))}
        {!isKnown && <Silence said={said} away={away} />}
      </Step>
      <Step
        icon={<UsersThreeIcon className="i s" aria-hidden="true" />}
        title={t("delivered")}
        at={delivered[0]?.at}
        told={isKnown ? "yes" : "unknown"}
      >
        {isKnown ? <p>{t("deliveredTo", { n: connectionsOf(delivered) })}</p> : <Silence said={said} away={away} />}
        {delivered.map(({ nodeId, at, count = 0 }, i) => (
          <p key={`${nodeId} ${at} ${i}`}>{t("deliveredBy", { node: nodeId, n: count })}</p>
        ))}
      </Step>
      {said && (
        <Step
          icon={<DeviceMobileIcon className="i s" aria-hidden="true" />}
          title={t("confirmed")}
          told={said.confirmed > 0 ? "yes" : "unknown"}
        >
          <p>{t("confirmedBy", { n: said.confirmed })}</p>
        </Step>
      )}
    </>
  )
}

export const LiveSteps = { Accepted, Sent }
