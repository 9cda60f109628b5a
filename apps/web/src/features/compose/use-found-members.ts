"use client"
import type { Snowflake, UserCard } from "@hearth/core"
import { useEffect, useMemo, useReducer } from "react"
import { useServices } from "../message/services.tsx"
import { trpc } from "../trpc/client.ts"
import { createMemberSearch, type MemberSearch } from "./member-search.ts"

const nobody: readonly UserCard[] = []

// Kept for as long as the page: names that were asked for once answer at once.
const searches = new Map<Snowflake, { search: MemberSearch; listeners: Set<() => void> }>()
const searchOf = (guildId: Snowflake, onPeople: (people: readonly UserCard[]) => void) => {
  const known = searches.get(guildId)
  if (known) return known
  const listeners = new Set<() => void>()
  const search = createMemberSearch(
    (prefix, limit) => trpc.member.search.query({ guildId, prefix, limit }),
    (people) => {
      onPeople(people)
      for (const f of listeners) f()
    },
  )
  const made = { search, listeners }
  searches.set(guildId, made)
  return made
}

/** Members of a server whose names begin so: who is known here at once, others as soon as the server names them. */
export const useFoundMembers = (guildId: Snowflake, query: string | undefined): readonly UserCard[] => {
  const { users } = useServices()
  const [answers, answered] = useReducer((n: number) => n + 1, 0)
  const { search, listeners } = searchOf(guildId, users.add)
  useEffect(() => {
    listeners.add(answered)
    return () => void listeners.delete(answered)
  }, [listeners])
  // Asked when it is typed, and not when it is drawn.
  useEffect(() => {
    if (query !== undefined) search.find(query)
  }, [search, query])
  return useMemo(() => {
    void answers
    return query === undefined ? nobody : search.known(query)
  }, [answers, search, query])
}
