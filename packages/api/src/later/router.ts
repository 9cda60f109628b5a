import { DoneRequest, ListSavedRequest, MessageRequest, SaveRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import { list } from "./list.ts"
import * as later from "./service.ts"

export const laterRouter = router({
  save: signedIn.input(SaveRequest).mutation(({ ctx, input }) => later.save(ctx, input)),
  done: signedIn.input(DoneRequest).mutation(({ ctx, input }) => later.done(ctx, input)),
  remove: signedIn.input(MessageRequest).mutation(({ ctx, input }) => later.remove(ctx, input)),
  get: signedIn.input(MessageRequest).query(({ ctx, input }) => later.get(ctx, input)),
  list: signedIn.input(ListSavedRequest).query(({ ctx, input }) => list(ctx, input)),
})
