"use client"
import type { AppError, UserCard } from "@hearth/core"
import { useEffect, useMemo, useReducer, useState } from "react"
import { createMemberSearch } from "../compose/member-search.ts"
import { useServices } from "../message/services.tsx"
import { toAppError, trpc } from "../trpc/index.ts"

export interface FoundPeople {
  /** null while the answer to the first question is on its way. */
  people: readonly UserCard[] | null
  /** Why the last question got no answer. */
  error: AppError | null
  again: () => void
}

/** People whom one could write to, by how their name begins. */
export const useFoundPeople = (typed: string): FoundPeople => {
  const { users } = useServices()
  const [answers, answered] = useReducer((n: number) => n + 1, 0)
  const [error, setError] = useState<AppError | null>(null)
  const [search] = useState(() => {
    const members = createMemberSearch(
      (prefix, limit) => trpc.conversation.find.query({ prefix, limit }),
      (people) => {
        users.add(people)
        setError(null)
        answered()
      },
      (failure) => setError(toAppError(failure)),
    )
    const find = (query: string) => {
      // What is known needs no answer, so none would take back that there was none.
      if (!members.find(query).waiting) setError(null)
    }
    return { ...members, find }
  })
  const query = typed.trim()
  useEffect(() => search.find(query), [search, query])
  useEffect(() => () => search.stop(), [search])
  const people = useMemo(() => {
    const known = search.known(query)
    return known.length === 0 && answers === 0 ? null : known
  }, [answers, search, query])
  return { people, error, again: () => search.find(query) }
}
