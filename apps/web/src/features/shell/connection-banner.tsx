"use client"
import { Banner, Button, WifiSlashIcon } from "@hearth/ui"
import { useEffect, useState } from "react"
import { useConnection } from "../gateway/index.ts"

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })

/** Seconds until then, counted down. */
const Countdown = ({ until }: { until: number }) => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.ceil((until - now) / 1000)
  return seconds > 0 ? (
    <span className="quiet" aria-hidden="true">
      again in {seconds} s
    </span>
  ) : null
}

/** Without a connection: since when, that one can go on writing, and when the next try is. */
export const ConnectionBanner = () => {
  const { status, since, retryAt, retryNow } = useConnection()
  if (status !== "offline") return null
  return (
    <div className="col connection">
      <Banner
        icon={<WifiSlashIcon className="i" aria-hidden="true" />}
        action={
          <>
            {retryAt !== null && <Countdown key={retryAt} until={retryAt} />}
            <Button look="bare" size="small" onClick={retryNow}>
              Now
            </Button>
          </>
        }
      >
        No connection since {clock.format(since)}. You can go on writing.
      </Banner>
    </div>
  )
}
