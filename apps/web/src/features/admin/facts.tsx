import type { Trace } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useFormats } from "../../i18n/formats.ts"

/** Numbers by which the message is known to machines: for logs, and for who helps. */
export const Facts = ({ trace: { message, channelId, guildId } }: { trace: Trace }) => {
  const t = useTranslations("admin.trace")
  const formats = useFormats()
  const ids = [
    [t("fact.id"), message?.id],
    [t("fact.channel"), channelId],
    [t("fact.server"), guildId],
    [t("fact.author"), message?.authorId],
    [t("fact.nonce"), message?.nonce],
  ] as const
  const numbers = message
    ? [
        [t("fact.version"), formats.number(message.version)],
        [t("fact.mver"), t("fact.mverOf", { mver: message.mver, ver: message.ver, scope: String(message.scope) })],
        [t("fact.head"), formats.number(message.head)],
        ...(message.replyTo === null ? [] : [[t("fact.replyTo"), formats.number(message.replyTo)]]),
      ]
    : []
  return (
    <section aria-labelledby="trace-facts">
      <h2 id="trace-facts">{t("facts")}</h2>
      <dl className="figures">
        {ids.map(([name, id]) => (
          <div className="figure" key={name}>
            <dt>{name}</dt>
            <dd>{id === undefined ? t("notAsked") : <code>{id}</code>}</dd>
          </div>
        ))}
        {numbers.map(([name, value]) => (
          <div className="figure" key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
