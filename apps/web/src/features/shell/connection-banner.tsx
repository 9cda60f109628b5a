"use client"
import { Banner, Button, WifiSlashIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { useConnection } from "../gateway/index.ts"

/** Seconds until then, counted down. */
const Countdown = ({ until }: { until: number }) => {
  const t = useTranslations("shell")
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.ceil((until - now) / 1000)
  return seconds > 0 ? (
    <span className="quiet" aria-hidden="true">
      {t("again", { seconds })}
    </span>
  ) : null
}

/** A drop shorter than this is nobody's business: a deploy or a change of network is over before one has read of it. */
const PATIENCE_MS = 1500

interface Props {
  /** Whether there is something to write in: then it says that one can go on. */
  writing?: boolean
  /** Something else says it aloud. */
  silent?: boolean
}

/** Without a connection: since when, when the next try is, and that one can go on writing. */
export const ConnectionBanner = (props: Props) => {
  const { status, since } = useConnection()
  return status === "offline" ? <Offline key={since} {...props} /> : null
}

const Offline = ({ writing = true, silent = false }: Props) => {
  const t = useTranslations("shell")
  const formats = useFormats()
  const { since, retryAt, retryNow } = useConnection()
  const [shown, setShown] = useState(() => Date.now() - since >= PATIENCE_MS)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), since + PATIENCE_MS - Date.now())
    return () => clearTimeout(timer)
  }, [since])
  if (!shown) return null
  return (
    <div className="col connection">
      <Banner
        silent={silent}
        icon={<WifiSlashIcon className="i" aria-hidden="true" />}
        action={
          <>
            {retryAt !== null && <Countdown key={retryAt} until={retryAt} />}
            <Button look="bare" size="small" onClick={retryNow}>
              {t("now")}
            </Button>
          </>
        }
      >
        {t(writing ? "offline" : "offlineBefore", { time: formats.clock(since) })}
      </Banner>
    </div>
  )
}
