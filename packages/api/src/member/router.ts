import { ListMembersRequest, MemberRequest, SetRolesRequest } from "@hearth/core"
import { router, signedIn } from "../trpc.ts"
import * as member from "./service.ts"

export const memberRouter = router({
  list: signedIn.input(ListMembersRequest).query(({ ctx, input }) => member.list(ctx, input)),
  setRoles: signedIn.input(SetRolesRequest).mutation(({ ctx, input }) => member.setRoles(ctx, input)),
  kick: signedIn.input(MemberRequest).mutation(({ ctx, input }) => member.kick(ctx, input)),
})
