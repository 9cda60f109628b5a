"use client"
import type { AppError, Listed } from "@hearth/core"
import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { toAppError } from "../trpc/index.ts"

export interface Paged<T> {
  /** Null: nothing has come yet. */
  items: readonly T[] | null
  error: AppError | null
  hasMore: boolean
  loading: boolean
  more: () => void
  again: () => void
  /** Changes what is shown at once, as the server has it by now. */
  change: (f: (items: readonly T[]) => readonly T[]) => void
}

type Pages<T> = InfiniteData<Listed<T>, string | undefined>

/** A list that comes in pages. `key` says which list it is. Read anew each time that it is opened. */
export const usePaged = <T>(
  key: readonly string[],
  load: (cursor: string | undefined) => Promise<Listed<T>>,
): Paged<T> => {
  const cache = useQueryClient()
  const queryKey = ["paged", ...key]
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Listed<T>) => last.next ?? undefined,
    refetchOnMount: "always",
  })
  return {
    items: query.data ? query.data.pages.flatMap((page) => page.items) : null,
    error: query.error ? toAppError(query.error) : null,
    hasMore: query.hasNextPage,
    loading: query.isFetching,
    more: () => void query.fetchNextPage(),
    again: () => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
    change: (f) =>
      void cache.setQueryData<Pages<T>>(queryKey, (old) => {
        const [first, ...rest] = old?.pages ?? []
        if (!old || !first) return old
        // What is shown is one list; where its pages end does not matter until it is read anew.
        const items = [...f([first, ...rest].flatMap((page) => page.items))]
        const last = rest.at(-1) ?? first
        return { pages: [{ items, next: last.next }], pageParams: old.pageParams.slice(0, 1) }
      }),
  }
}
