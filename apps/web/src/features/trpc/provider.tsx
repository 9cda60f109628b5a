"use client"

import { errorCodes } from "@hearth/core"
import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { type ReactNode, useState } from "react"
import { toAppError } from "./client.ts"

const RETRIES = 3

const newQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < RETRIES && errorCodes[toAppError(error).code].retry,
      },
    },
  })

/** The query cache, around what reads lists: not around everything, since a channel needs none of it. */
export const QueryProvider = ({ children }: { children: ReactNode }) => {
  const [queryClient] = useState(newQueryClient)
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
}
