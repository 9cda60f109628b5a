import { ChannelRequest, CreateChannelRequest, ReorderChannelsRequest, UpdateChannelRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as channel from "./service.ts"

export const channelRouter = router({
  create: signedIn.input(CreateChannelRequest).mutation(({ ctx, input }) => channel.create(ctx, input)),
  update: signedIn.input(UpdateChannelRequest).mutation(({ ctx, input }) => channel.update(ctx, input)),
  delete: signedIn.input(ChannelRequest).mutation(({ ctx, input }) => channel.remove(ctx, input)),
  reorder: signedIn.input(ReorderChannelsRequest).mutation(({ ctx, input }) => channel.reorder(ctx, input)),
})
