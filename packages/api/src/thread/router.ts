import { FollowThreadRequest, ListThreadsRequest, StartThreadRequest, ThreadRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import { set } from "./follow.ts"
import { list } from "./list.ts"
import * as thread from "./service.ts"

export const threadRouter = router({
  start: signedIn.input(StartThreadRequest).mutation(({ ctx, input }) => thread.start(ctx, input)),
  get: signedIn.input(ThreadRequest).query(({ ctx, input }) => thread.get(ctx, input)),
  follow: signedIn.input(FollowThreadRequest).mutation(({ ctx, input }) => set(ctx, input)),
  list: signedIn.input(ListThreadsRequest).query(({ ctx, input }) => list(ctx, input)),
})
