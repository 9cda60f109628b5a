"use client"
import type { Snowflake } from "@hearth/core"
import { onDemand, useOnDemand } from "@hearth/ui"
import { useCallback, useSyncExternalStore } from "react"
import { useGatewayParts } from "../gateway/index.ts"

const drawn = onDemand(() => import("./line.tsx"))

/** The second line of a person: what they say of themselves. They are on screen: whoever shows their face watches them. */
export const StatusLine = ({ userId }: { userId: Snowflake }) => {
  const { presence } = useGatewayParts()
  const read = useCallback(() => presence.line(userId), [presence, userId])
  const line = useSyncExternalStore(presence.subscribe, read, read)
  const loaded = useOnDemand(drawn, line !== null, () => {})
  return line && loaded && <loaded.Line line={line} />
}
