"use client"
import type { AppError, Profile, Snowflake } from "@hearth/core"
import { useEffect, useState } from "react"
import { toAppError, trpc } from "../trpc/index.ts"

/** What the reader may know of somebody; `again` asks once more. */
export const useProfile = (userId: Snowflake, guildId: Snowflake | undefined) => {
  const [profile, setProfile] = useState<Profile | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let waits = true
    trpc.user.profile.query({ userId, ...(guildId && { guildId }) }).then(
      (answer) => waits && setProfile(answer),
      (failure: unknown) => waits && setError(toAppError(failure)),
    )
    return () => {
      waits = false
    }
  }, [userId, guildId, tries])
  const again = () => {
    setError(null)
    setTries(tries + 1)
  }
  return { profile, error, again }
}
