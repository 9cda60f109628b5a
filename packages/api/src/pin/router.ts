import { ChannelRequest, ListPinsRequest, MessageRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as pin from "./service.ts"

export const pinRouter = router({
  add: signedIn.input(MessageRequest).mutation(({ ctx, input }) => pin.add(ctx, input)),
  remove: signedIn.input(MessageRequest).mutation(({ ctx, input }) => pin.remove(ctx, input)),
  list: signedIn.input(ListPinsRequest).query(({ ctx, input }) => pin.list(ctx, input)),
  seqs: signedIn.input(ChannelRequest).query(({ ctx, input }) => pin.seqs(ctx, input)),
})
