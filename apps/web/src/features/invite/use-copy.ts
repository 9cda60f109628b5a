"use client"
import { useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"

/** Puts text into the clipboard and says so. Where there is no clipboard (plain http), the text stays to be copied by hand. */
export const useCopy = () => {
  const t = useTranslations("invite")
  const { say, complain } = useToast()
  return async (text: string, said: string) => {
    try {
      await navigator.clipboard.writeText(text)
      say(said)
    } catch {
      complain(t("cannotCopy"))
    }
  }
}

/** The address to give away: as this browser knows the place. */
export const inviteLink = (code: string): string => `${window.location.origin}/invite/${encodeURIComponent(code)}`
