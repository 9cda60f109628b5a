"use client"
import { useToast } from "@hearth/ui"

/** Puts text into the clipboard and says so. Where there is no clipboard (plain http), the text stays to be copied by hand. */
export const useCopy = () => {
  const { say, complain } = useToast()
  return async (text: string, what: string) => {
    try {
      await navigator.clipboard.writeText(text)
      say(`${what} copied`)
    } catch {
      complain("This browser does not let us copy here. Please copy the text by hand.")
    }
  }
}

/** The address to give away: as this browser knows the place. */
export const inviteLink = (code: string): string => `${window.location.origin}/invite/${encodeURIComponent(code)}`
