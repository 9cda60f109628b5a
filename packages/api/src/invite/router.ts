import { CreateInviteRequest, InviteRequest, ListInvitesRequest } from "@hearth/core"
import { anyone, router, signedIn } from "../trpc.ts"
import * as invite from "./service.ts"

export const inviteRouter = router({
  create: signedIn.input(CreateInviteRequest).mutation(({ ctx, input }) => invite.create(ctx, input)),
  list: signedIn.input(ListInvitesRequest).query(({ ctx, input }) => invite.list(ctx, input)),
  revoke: signedIn.input(InviteRequest).mutation(({ ctx, input }) => invite.revoke(ctx, input)),
  preview: anyone.input(InviteRequest).query(({ ctx, input }) => invite.preview(ctx, input)),
  join: signedIn.input(InviteRequest).mutation(({ ctx, input }) => invite.join(ctx, input)),
})
