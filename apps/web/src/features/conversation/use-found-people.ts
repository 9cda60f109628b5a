"use client"
import type { UserCard } from "@hearth/core"
import { useEffect, useMemo, useReducer, useState } from "react"
import { createMemberSearch } from "../compose/member-search.ts"
import { useServices } from "../message/services.tsx"
import { trpc } from "../trpc/index.ts"

/** People whom one could write to, by how their name begins; null while the answer to the first question is on its way. */
export const useFoundPeople = (typed: string): readonly UserCard[] | null => {
  const { users } = useServices()
  const [answers, answered] = useReducer((n: number) => n + 1, 0)
  const [search] = useState(() =>
    createMemberSearch(
      (prefix, limit) => trpc.conversation.find.query({ prefix, limit }),
      (people) => {
        users.add(people)
        answered()
      },
    ),
  )
  const query = typed.trim()
  useEffect(() => void search.find(query), [search, query])
  useEffect(() => () => search.stop(), [search])
  return useMemo(() => {
    const people = search.known(query)
    return people.length === 0 && answers === 0 ? null : people
  }, [answers, search, query])
}
