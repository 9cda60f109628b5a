"use client"
import type { SetStatusRequest } from "@hearth/core"
import { useBootstrap, useGateway } from "../gateway/index.ts"
import { trpc } from "../trpc/index.ts"
import { useHolds } from "./use-holds.ts"

/** What one chose: how one is seen, and the line beside one's name as long as it holds. */
export const useOwnStatus = () => {
  const status = useBootstrap((b) => b.status)
  const custom = status?.custom
  const holds = useHolds(custom?.until ?? Number.POSITIVE_INFINITY)
  return { state: status?.state ?? ("online" as const), custom: holds ? custom : undefined }
}

/** One's other devices hear of it, too; this one need not wait for that. */
export const useSetStatus = () => {
  const client = useGateway()
  return async (request: SetStatusRequest) => client.apply("status:updated", await trpc.status.set.mutate(request))
}
