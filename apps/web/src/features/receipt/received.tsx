"use client"
import { onDemand, useOnDemand } from "@hearth/ui"
import { useEffect } from "react"
import { useBootstrap, useGateway } from "../gateway/provider.tsx"
import { unreadOf } from "../gateway/unread.ts"

const tracker = onDemand(() => import("./track-received.ts"))

/** Says what arrived here, from the first that does: until then its code is not needed. */
export const Received = () => {
  const client = useGateway()
  const some = useBootstrap((b) => b.guilds.some((g) => g.conversation && unreadOf(b, g.guild.id) > 0))
  const loaded = useOnDemand(tracker, some, () => {})
  useEffect(() => loaded?.trackReceived(client), [loaded, client])
  return null
}
