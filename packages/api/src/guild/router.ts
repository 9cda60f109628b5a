import { CreateGuildRequest, GuildRequest, UpdateGuildRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as guild from "./service.ts"

export const guildRouter = router({
  create: signedIn.input(CreateGuildRequest).mutation(({ ctx, input }) => guild.create(ctx, input)),
  update: signedIn.input(UpdateGuildRequest).mutation(({ ctx, input }) => guild.update(ctx, input)),
  delete: signedIn.input(GuildRequest).mutation(({ ctx, input }) => guild.remove(ctx, input)),
  leave: signedIn.input(GuildRequest).mutation(({ ctx, input }) => guild.leave(ctx, input)),
})
