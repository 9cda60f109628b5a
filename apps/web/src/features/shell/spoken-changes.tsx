"use client"
import { useTranslations } from "next-intl"
import { useEffect, useRef } from "react"
import { useConnection } from "../gateway/index.ts"
import { useVoice } from "./voice.tsx"

/** As long as the banner waits: a shorter drop is nobody's business. */
const PATIENCE_MS = 1500

/** Says where one has come to, when that was somewhere else before. */
export const SpokenPlace = ({ name }: { name: string | undefined }) => {
  const { say } = useVoice()
  const before = useRef(name)
  useEffect(() => {
    if (name !== undefined && before.current !== undefined && before.current !== name) say(name)
    before.current = name ?? before.current
  }, [name, say])
  return null
}

/** Says that the connection has gone, and that it is back. */
export const SpokenConnection = () => {
  const t = useTranslations("shell.spoken")
  const { say } = useVoice()
  const { status } = useConnection()
  const told = useRef(false)
  useEffect(() => {
    if (status === "online") {
      if (told.current) say(t("online"))
      told.current = false
    } else if (status === "offline") {
      const timer = setTimeout(() => {
        told.current = true
        say(t("offline"))
      }, PATIENCE_MS)
      return () => clearTimeout(timer)
    }
    return undefined
  }, [status, say, t])
  return null
}
