"use client"
import { Banner, Button, WifiSlashIcon } from "@hearth/ui"
import { useEffect, useState } from "react"
import { useConnection } from "../gateway/index.ts"

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })

/** Without a connection: since when, that one can go on writing, and when the next try is. */
export const ConnectionBanner = () => {
  const { status, since, retryAt, retryNow } = useConnection()
  const [now, setNow] = useState(() => Date.now())
  const waiting = status === "offline" && retryAt !== null
  useEffect(() => {
    if (!waiting) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [waiting, retryAt])
  if (status !== "offline") return null
  const seconds = retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1000))
  return (
    <div className="col connection">
      <Banner
        icon={<WifiSlashIcon className="i" aria-hidden="true" />}
        action={
          <>
            {seconds > 0 && (
              <span className="quiet" aria-hidden="true">
                again in {seconds} s
              </span>
            )}
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
