"use client"
import type { UserCard } from "@hearth/core"
import { Face, type FaceSize } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useBootstrap, usePresence } from "../gateway/index.ts"

/** Somebody on screen, with what they are doing now. */
export const PersonFace = ({ user, size = 32 }: { user: UserCard; size?: FaceSize }) => {
  const t = useTranslations("common.presence")
  const seen = usePresence(user.id) ?? "unknown"
  // What one chose oneself holds as soon as it is chosen; and to be invisible is not to be away.
  const chosen = useBootstrap((b) => b.me.id === user.id && b.status?.state)
  const presence = chosen === "invisible" ? "offline" : chosen && chosen !== "online" ? chosen : seen
  return (
    <Face
      id={user.id}
      name={user.displayName}
      portrait={user.portrait}
      size={size}
      presence={presence}
      presenceLabel={t(chosen === "invisible" ? chosen : presence)}
    />
  )
}
