"use client"
import type { UserCard } from "@hearth/core"
import { Face, type FaceSize } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { usePresence } from "../gateway/index.ts"

/** Somebody on screen, with what they are doing now. */
export const PersonFace = ({ user, size = 32 }: { user: UserCard; size?: FaceSize }) => {
  const t = useTranslations("common.presence")
  const presence = usePresence(user.id) ?? "unknown"
  return (
    <Face
      id={user.id}
      name={user.displayName}
      portrait={user.portrait}
      size={size}
      presence={presence}
      presenceLabel={t(presence)}
    />
  )
}
