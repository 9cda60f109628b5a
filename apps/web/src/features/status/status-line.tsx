"use client"
import type { Snowflake } from "@hearth/core"
import { useCallback, useSyncExternalStore } from "react"
import { useGatewayParts } from "../gateway/index.ts"
import { useHolds } from "./use-holds.ts"

/** What somebody says of themselves, as long as it holds. They are on screen: whoever shows their face watches them. */
const useLine = (userId: Snowflake) => {
  const { presence } = useGatewayParts()
  const read = useCallback(() => presence.line(userId), [presence, userId])
  const line = useSyncExternalStore(presence.subscribe, read, read)
  const holds = useHolds(line?.leftMs === undefined ? Number.POSITIVE_INFINITY : line.at + line.leftMs)
  return holds ? line : null
}

/** The second line of a person. */
export const StatusLine = ({ userId }: { userId: Snowflake }) => {
  const line = useLine(userId)
  if (!line) return null
  const { emoji, text } = line
  return (
    <span className="st clip" dir="auto" title={text}>
      {[emoji, text].filter(Boolean).join(" ")}
    </span>
  )
}
