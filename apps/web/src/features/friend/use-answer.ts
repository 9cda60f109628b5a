"use client"
import { useToast } from "@hearth/ui"
import { useCallback } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { toAppError } from "../trpc/index.ts"

/** Does something small, and says what came of it. Resolves to whether it worked. */
export const useAnswer = () => {
  const { say, complain } = useToast()
  const textOf = useErrorText()
  return useCallback(
    async (work: Promise<unknown>, said?: string): Promise<boolean> => {
      try {
        await work
        if (said) say(said)
        return true
      } catch (error) {
        complain(textOf(toAppError(error)))
        return false
      }
    },
    [say, complain, textOf],
  )
}
