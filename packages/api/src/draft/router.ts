import { ChannelRequest, ListDraftsRequest, SaveDraftRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as draft from "./service.ts"

export const draftRouter = router({
  save: signedIn.input(SaveDraftRequest).mutation(({ ctx, input }) => draft.save(ctx, input)),
  get: signedIn.input(ChannelRequest).query(({ ctx, input }) => draft.get(ctx, input)),
  list: signedIn.input(ListDraftsRequest).query(({ ctx, input }) => draft.list(ctx, input)),
})
