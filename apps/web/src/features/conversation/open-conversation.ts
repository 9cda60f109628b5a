"use client"
import type { Snowflake } from "@hearth/core"
import { useToast } from "@hearth/ui"
import { useCallback } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { goTo } from "../shell/go.ts"
import { toAppError, trpc } from "../trpc/client.ts"
import { conversationPath } from "./path.ts"

/** Goes to the conversation with somebody, which begins with that if there is none. What refuses it is said. */
export const useOpenConversation = (): ((userId: Snowflake) => Promise<void>) => {
  const { complain } = useToast()
  const textOf = useErrorText()
  return useCallback(
    async (userId) => {
      try {
        const { conversationId } = await trpc.conversation.open.mutate({ userIds: [userId] })
        goTo(conversationPath(conversationId))()
      } catch (error) {
        complain(textOf(toAppError(error)))
      }
    },
    [complain, textOf],
  )
}
