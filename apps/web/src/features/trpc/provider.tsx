"use client"

import type { AppRouter } from "@hearth/api"
import { errorCodes } from "@hearth/core"
import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { createTRPCContext } from "@trpc/tanstack-react-query"
import { type ReactNode, useState } from "react"
import { toAppError, trpc } from "./client.ts"

const context = createTRPCContext<AppRouter>()
export const { useTRPC } = context

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
export const TrpcProvider = ({ children }: { children: ReactNode }) => {
  const [queryClient] = useState(newQueryClient)
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={trpc} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  )
}
